# 一张礼品卡从制卡到收银，六个 curl（7.82 以上）· A gift card from issue to the till, in six calls of curl (7.82 or newer)
auth="Authorization: Bearer $SCRIP_KEY"

# 1. 门店 · A store
answer=$(curl -s "$SCRIP_URL/v1/stores" -H "$auth" --json '{"code": "SH01", "name": "南京路店"}')
store=$(grep -o 'store_[0-9a-z]*' <<<"$answer")
echo "$answer"

# 2. 卡种：面值 100 元，激活后两年有效 · A program: face value 100 yuan, valid for two years once activated
answer=$(curl -s "$SCRIP_URL/v1/card-programs" -H "$auth" --json '{
  "kind": "gift", "name": {"zh": "礼品卡", "en": "Gift card"}, "currency": "CNY", "denominations": [10000],
  "validity": {"type": "after", "count": 2, "unit": "years"}}')
program=$(grep -o 'prog_[0-9a-z]*' <<<"$answer")
echo "$answer"

# 3. 制卡三张，在后台进行 · Three cards, made in the background
answer=$(curl -s "$SCRIP_URL/v1/card-batches" -H "$auth" --json '{
  "programId": "'$program'", "quantity": 3, "faceValue": 10000}')
batch=$(grep -o 'batch_[0-9a-z]*' <<<"$answer")
echo "$answer"

# 4. 卡号与密码只交出这一次；还没制完就再试 · Codes and PINs, handed out this once; tried again until they are made
csv=$(curl -sf --retry 30 --retry-delay 1 --retry-all-errors \
  "$SCRIP_URL/v1/card-batches/$batch/release" -H "$auth" --json '{}')
IFS=, read -r serial code pin faceValue <<<"$(sed -n 2p <<<"$csv")"
echo "$csv"

# 5. 收款售卡，从此可用 · Sold and paid for: active from now on
curl -s "$SCRIP_URL/v1/cards/activate" -H "$auth" -H 'Idempotency-Key: sale-1' --json '{
  "cards": [{"serial": "'$serial'"}], "storeId": "'$store'",
  "payment": {"tender": "wechat_pay", "amount": '$faceValue', "reference": "sale-1"}}'

# 6. 核销 35.80 元，还剩 64.20 元 · 35.80 yuan paid with it; 64.20 yuan are left
curl -s "$SCRIP_URL/v1/redemptions" -H "$auth" -H 'Idempotency-Key: order-1' --json '{
  "code": "'$code'", "pin": "'$pin'", "amount": 3580, "currency": "CNY", "storeId": "'$store'", "reference": "order-1"}'
