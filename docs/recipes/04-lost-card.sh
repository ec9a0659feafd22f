# 挂失与补卡 · A lost card is frozen, and another takes its place
. ./shop.sh

# 顾客报失，先冻结 · The customer reports it lost: frozen at once
curl -s "$SCRIP_URL/v1/cards/$card/freeze" -H "$auth" --json '{"reason": "顾客报失", "cause": "lost"}'

# 捡到的人用不了 · Whoever found it cannot use it
curl -s "$SCRIP_URL/v1/redemptions" -H "$auth" -H 'Idempotency-Key: order-1' --json '{
  "code": "'$code'", "pin": "'$pin'", "amount": 100, "currency": "CNY", "storeId": "'$store'", "reference": "order-1"}'

# 补一张：余额过去，新卡号与密码只显示这一次 · A new card with what was on it; its code and PIN are shown this once
answer=$(curl -s "$SCRIP_URL/v1/cards/$card/replace" -H "$auth" -H 'Idempotency-Key: replace-1' --json '{
  "reason": "补卡"}')
newCode=$(sed 's/.*"code":"\([^"]*\)".*/\1/' <<<"$answer")
newPin=$(sed 's/.*"pin":"\([^"]*\)".*/\1/' <<<"$answer")
echo "$answer"

# 应答丢了？同一个键在一天之内再问，答复相同 · Answer lost? The same key gives the same answer again, for a day
curl -s "$SCRIP_URL/v1/cards/$card/replace" -H "$auth" -H 'Idempotency-Key: replace-1' --json '{
  "reason": "补卡"}'

# 旧卡号已经作废 · The old code is dead
curl -s "$SCRIP_URL/v1/redemptions" -H "$auth" -H 'Idempotency-Key: order-2' --json '{
  "code": "'$code'", "pin": "'$pin'", "amount": 100, "currency": "CNY", "storeId": "'$store'", "reference": "order-2"}'

# 新卡照常使用 · The new one pays
curl -s "$SCRIP_URL/v1/redemptions" -H "$auth" -H 'Idempotency-Key: order-3' --json '{
  "code": "'$newCode'", "pin": "'$newPin'", "amount": 100, "currency": "CNY", "storeId": "'$store'", "reference": "order-3"}'

# 旧卡的经过都在，卡号与密码都不在 · All that happened to the old card is on record; no code or PIN is
curl -s "$SCRIP_URL/v1/cards/$card/activities" -H "$auth"
