# 储值：充值赠送、充值卡、跨店付款、积分、退款试算 · Stored value: bonus, recharge card, paid in another store, points, a refund quoted
. ./shop.sh

# 充 500 送 80，赠送部分 90 天内用完 · 80 yuan on top of 500, good for 90 days
curl -s "$SCRIP_URL/v1/bonus-rules" -H "$auth" --json '{
  "name": "开业 Opening", "steps": [{"from": 50000, "bonus": 8000}], "validity": {"type": "after", "count": 90, "unit": "days"}}'

# 每付 1 元积 1 分，100 分抵 1 元 · A point for each yuan that is paid; a hundred of them pay one
curl -s "$SCRIP_URL/v1/points-schemes" -H "$auth" --json '{
  "earn": {"amount": 100, "points": 1}, "spend": {"points": 100, "worth": 100, "billPpm": 500000}}' >/dev/null

# 凭手机号入会 · A member, by phone number
member=$(curl -s "$SCRIP_URL/v1/members" -H "$auth" --json '{
  "phone": "13800138000", "name": "林夕", "consent": {"textVersion": 1}}' | id mem)

# 现金充值 500 元 · 500 yuan in cash
answer=$(curl -s "$SCRIP_URL/v1/wallet-top-ups" -H "$auth" -H 'Idempotency-Key: top-up-1' --json '{
  "memberId": "'$member'", "storeId": "'$store'", "amount": 50000,
  "payment": {"tender": "cash", "amount": 50000, "reference": "top-up-1"}}')
topup=$(id tup <<<"$answer")
echo "$answer"

# 在另一家店付 180 元：本金与赠送分开扣，用本金付的部分积分 · 180 yuan in the other store; what principal pays of it earns points
answer=$(curl -s "$SCRIP_URL/v1/purchases" -H "$auth" -H 'Idempotency-Key: order-1' --json '{
  "storeId": "'$other'", "memberId": "'$member'", "reference": "order-1",
  "lines": [{"name": "龙井茶", "price": 18000}], "tenders": [{"kind": "wallet", "amount": 18000}]}')
purchase=$(id pur <<<"$answer")
echo "$answer"

# 另一家店因此应收多少 · What the other store is owed for it
curl -s "$SCRIP_URL/v1/stores/$other/settlement" -H "$auth"

# 退货 100 元：钱回到原来的批次，积分按比例收回 · 100 yuan back: into the lots it came from, and the points in proportion
curl -s "$SCRIP_URL/v1/purchases/$purchase/refunds" -H "$auth" -H 'Idempotency-Key: back-1' --json '{
  "amount": 10000, "reason": "退货"}'

# 充值卡：卡号与密码成对，只在售出后有效一次 · A recharge card: number and password, good once, from its sale on
batch=$(curl -s "$SCRIP_URL/v1/recharge-card-batches" -H "$auth" --json '{"name": "百元卡", "quantity": 1, "faceValue": 10000}' | id rcb)
csv=$(curl -sf --retry 30 --retry-delay 1 --retry-all-errors "$SCRIP_URL/v1/recharge-card-batches/$batch/release" -H "$auth" --json '{}')
IFS=, read -r _ number password _ <<<"$(sed -n 2p <<<"$csv")"
curl -s "$SCRIP_URL/v1/recharge-cards/sales" -H "$auth" -H 'Idempotency-Key: sale-2' -o /dev/null --json '{
  "numbers": ["'$number'"], "storeId": "'$store'", "payment": {"tender": "cash", "amount": 10000, "reference": "sale-2"}}'
use() {
  curl -s "$SCRIP_URL/v1/recharge-cards/top-ups" -H "$auth" -H "Idempotency-Key: $1" --json '{
    "memberId": "'$member'", "storeId": "'$store'", "number": "'$number'", "password": "'$2'"}' | grep -o '"code":"[a-z_]*"\|"amount":[0-9]*'
}

# 密码不对：无效卡；对：到账；再用：已用过 · Wrong: invalid; right: credited; again: already used
use use-1 0000000000000000
use use-2 "$password"
use use-3 "$password"

# 还剩什么 · What is left
curl -s "$SCRIP_URL/v1/member-lookups?phone=13800138000" -H "$auth"

# 退款试算：剩多少、按哪条规则、退多少 · What would go back, and by which rule
curl -s "$SCRIP_URL/v1/wallet-refund-quotes" -H "$auth" --json '{"memberId": "'$member'"}' |
  grep -o '"topUpId":"'$topup'"[^}]*' | grep -o '"paid".*"refund":[0-9]*'
