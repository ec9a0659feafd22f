# 预占、扣款与释放 · Holds: reserve first, take later
. ./shop.sh

# 下单时预占 80.00 元，15 分钟内有效 · Ordering reserves 80.00 yuan, for 15 minutes
answer=$(curl -s "$SCRIP_URL/v1/holds" -H "$auth" -H 'Idempotency-Key: order-1' --json '{
  "code": "'$code'", "pin": "'$pin'", "amount": 8000, "currency": "CNY", "storeId": "'$store'", "reference": "order-1"}')
hold=$(grep -o 'hold_[0-9a-z]*' <<<"$answer")
echo "$answer"

# 预占的钱别人用不了 · Nobody else can spend what is reserved
curl -s "$SCRIP_URL/v1/redemptions" -H "$auth" -H 'Idempotency-Key: order-2' --json '{
  "code": "'$code'", "pin": "'$pin'", "amount": 2001, "currency": "CNY", "storeId": "'$other'", "reference": "order-2"}'

# 发货时只扣 72.50 元，其余放回卡上 · Shipping takes 72.50; the rest is let go of
curl -s "$SCRIP_URL/v1/holds/$hold/capture" -H "$auth" -H 'Idempotency-Key: ship-1' --json '{"amount": 7250}'

# 一次预占只扣一次 · A hold is captured once
curl -s "$SCRIP_URL/v1/holds/$hold/capture" -H "$auth" -H 'Idempotency-Key: ship-2' --json '{"amount": 750}'

# 又一单，预占一小时 · Another order, reserved for an hour …
answer=$(curl -s "$SCRIP_URL/v1/holds" -H "$auth" -H 'Idempotency-Key: order-3' --json '{
  "code": "'$code'", "pin": "'$pin'", "amount": 2500, "currency": "CNY", "storeId": "'$store'", "reference": "order-3",
  "expiresIn": 3600}')
hold=$(grep -o 'hold_[0-9a-z]*' <<<"$answer")
echo "$answer"

# ……客人取消了，放回 · … is cancelled: let go of
curl -s "$SCRIP_URL/v1/holds/$hold/release" -H "$auth" -H 'Idempotency-Key: cancel-3' --json '{}'
