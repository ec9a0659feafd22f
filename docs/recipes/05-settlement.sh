# 跨店使用、结算与试算平衡 · Used across stores, settled between them, and the books balance
. ./shop.sh

# 卡在南京路店售出，在两家店使用 · Sold in one store, the card pays in both …
curl -s "$SCRIP_URL/v1/redemptions" -H "$auth" -H 'Idempotency-Key: order-1' --json '{
  "code": "'$code'", "pin": "'$pin'", "amount": 2500, "currency": "CNY", "storeId": "'$store'", "reference": "order-1"}'

# ……在西湖店付 60.00 元 · … and 60.00 yuan in the other
answer=$(curl -s "$SCRIP_URL/v1/redemptions" -H "$auth" -H 'Idempotency-Key: order-2' --json '{
  "code": "'$code'", "pin": "'$pin'", "amount": 6000, "currency": "CNY", "storeId": "'$other'", "reference": "order-2"}')
redemption=$(grep -o 'red_[0-9a-z]*' <<<"$answer")
echo "$answer"

# 其中 8.00 元退回卡上 · 8.00 of that go back to the card
curl -s "$SCRIP_URL/v1/redemptions/$redemption/refunds" -H "$auth" -H 'Idempotency-Key: return-1' --json '{
  "amount": 800, "reason": "退货"}'

# 西湖店应收：钱在售卡的店，货是它交的 · The other store is owed: it handed over the goods, the seller has the money
curl -s "$SCRIP_URL/v1/stores/$other/settlement" -H "$auth"

# 南京路店应付，数目相同 · The selling store owes as much
curl -s "$SCRIP_URL/v1/stores/$store/settlement" -H "$auth"

# 南京路店的账户：收银、收入、往来 · The selling store's accounts: its till, its revenue, what it owes the other
curl -s "$SCRIP_URL/v1/ledger/accounts?ownerId=$store" -H "$auth"

# 借贷相等，分文不差 · Debits are credits, to the cent
curl -s "$SCRIP_URL/v1/ledger/trial-balance" -H "$auth"
