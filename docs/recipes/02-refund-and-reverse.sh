# 退款与冲正 · Refunds, and reversing what was never answered
. ./shop.sh

# 先验卡，不动余额 · Look at the card first; nothing changes
curl -s "$SCRIP_URL/v1/verifications" -H "$auth" --json '{
  "code": "'$code'", "pin": "'$pin'", "storeId": "'$store'"}'

# 付 60.00 元 · It pays 60.00 yuan
answer=$(curl -s "$SCRIP_URL/v1/redemptions" -H "$auth" -H 'Idempotency-Key: order-1' --json '{
  "code": "'$code'", "pin": "'$pin'", "amount": 6000, "currency": "CNY", "storeId": "'$store'", "reference": "order-1"}')
redemption=$(grep -o 'red_[0-9a-z]*' <<<"$answer")
echo "$answer"

# 退一件 15.00 元 · One thing comes back: 15.00 yuan
curl -s "$SCRIP_URL/v1/redemptions/$redemption/refunds" -H "$auth" -H 'Idempotency-Key: return-1' --json '{
  "amount": 1500, "reason": "退货"}'

# 退得再多就拒绝，分文不动 · More than was paid is refused, and moves nothing
curl -s "$SCRIP_URL/v1/redemptions/$redemption/refunds" -H "$auth" -H 'Idempotency-Key: return-2' --json '{
  "amount": 4501, "reason": "退货"}'

# 这次的应答丢了：扣了没有，收银台不知道 · The answer to this one is lost: the till cannot know whether it was paid
curl -s "$SCRIP_URL/v1/redemptions" -H "$auth" -H 'Idempotency-Key: order-2' -o /dev/null --json '{
  "code": "'$code'", "pin": "'$pin'", "amount": 2000, "currency": "CNY", "storeId": "'$store'", "reference": "order-2"}'

# 就按自己的单号冲正，如同没有发生 · So it reverses by its own reference, as if it had not been done
curl -s "$SCRIP_URL/v1/reversals" -H "$auth" -H 'Idempotency-Key: reverse-2' --json '{
  "reference": "order-2", "storeId": "'$store'"}'

# 再问一次，应答相同 · Asked again, it says the same
curl -s "$SCRIP_URL/v1/reversals" -H "$auth" -H 'Idempotency-Key: reverse-2-again' --json '{
  "reference": "order-2", "storeId": "'$store'"}'

# 没有到过的单号，冲正后就用掉了 · A reference that never arrived is spent by its reversal …
curl -s "$SCRIP_URL/v1/reversals" -H "$auth" -H 'Idempotency-Key: reverse-3' --json '{
  "reference": "order-3", "storeId": "'$store'"}'

# ……所以迟到的请求扣不了款 · … so that the lost request, should it still come, takes nothing
curl -s "$SCRIP_URL/v1/redemptions" -H "$auth" -H 'Idempotency-Key: order-3' --json '{
  "code": "'$code'", "pin": "'$pin'", "amount": 2000, "currency": "CNY", "storeId": "'$store'", "reference": "order-3"}'
