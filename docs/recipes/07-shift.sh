# 班次：开班、点款、交班 · A shift: open it, count blind, close it
. ./shop.sh

# 开班，备用金 500.00 元 · Open with a float of 500.00
answer=$(curl -s "$SCRIP_URL/v1/shifts" -H "$auth" --json '{"storeId": "'$store'", "openingFloat": 50000}')
shift=$(id shift <<<"$answer")
echo "$answer"

# 一张卡退了，又卖给下一位，收现金 100.00 元 · A card is taken back, and sold to the next customer for 100.00 in cash
curl -s "$SCRIP_URL/v1/cards/$card/deactivate" -H "$auth" -H 'Idempotency-Key: back-1' --json '{"reason": "顾客未使用，退卡"}'
curl -s "$SCRIP_URL/v1/cards/activate" -H "$auth" -H 'Idempotency-Key: sale-2' --json '{
  "cards": [{"serial": "'$serial'"}], "storeId": "'$store'",
  "payment": {"tender": "cash", "amount": 10000, "reference": "sale-2"}}'

# 点款前，柜台看不到应有金额 · Before the count the counter is not told what should be there
curl -s "$SCRIP_URL/v1/counter/shifts/$shift" -H "$auth"

# 点款：实有 499.00 元 · The count: 499.00
curl -s "$SCRIP_URL/v1/shifts/$shift/count" -H "$auth" --json '{"amount": 49900}'

# 现在看得到：应有 500.00，差 1.00 · Now it is told: 500.00 expected, 1.00 short
curl -s "$SCRIP_URL/v1/counter/shifts/$shift" -H "$auth"

# 有差额，交班须写明原因 · A difference needs a reason
curl -s "$SCRIP_URL/v1/shifts/$shift/close" -H "$auth" -H 'Idempotency-Key: close-1' --json '{}'
curl -s "$SCRIP_URL/v1/shifts/$shift/close" -H "$auth" -H 'Idempotency-Key: close-1' --json '{"reason": "找零多付一元"}'

# 日后在抽屉下找到，作一笔更正，班次不重开 · Found later: a correction; the shift stays closed
curl -s "$SCRIP_URL/v1/shifts/$shift/corrections" -H "$auth" -H 'Idempotency-Key: correct-1' --json '{
  "amount": 100, "reason": "抽屉下找到"}'
