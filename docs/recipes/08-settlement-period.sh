# 结算期：出单、确认、异议、更正、结账、轧差、付款 · A settlement period: stated, confirmed, disputed, corrected, closed, netted, paid
. ./shop.sh

# 西湖店受理南京路店的卡，按九七折结算，另付千分之六手续费给总部 · West Lake is paid 97 % of what it honours, and pays 0.6 % of it to the merchant
curl -s "$SCRIP_URL/v1/settlement-terms" -H "$auth" --json '{
  "ratios": [{"sellerId": "'$store'", "redeemerId": "'$other'", "principalPpm": 970000}],
  "commissions": [{"kind": "redemption", "storeId": "'$other'", "ppm": 6000}]}'

# 谁的卡在谁那里能用：各店只认自己的，西湖店还认南京路店的 · Who takes whose cards: each its own, West Lake those of the other as well
curl -s "$SCRIP_URL/v1/acceptance-rules" -H "$auth" --json '{
  "rules": [{"storeId": null, "takes": "own"}, {"storeId": "'$other'", "takes": "list", "sellerIds": ["'$store'"]}]}'

# 在西湖店付 60.00 元 · The card pays 60.00 yuan there
curl -s "$SCRIP_URL/v1/redemptions" -H "$auth" -H 'Idempotency-Key: order-1' --json '{
  "code": "'$code'", "pin": "'$pin'", "amount": 6000, "currency": "CNY", "storeId": "'$other'", "reference": "order-1"}'

# 出本期结算单 · The period is drawn up: a statement for each who has something to settle
answer=$(curl -s "$SCRIP_URL/v1/settlement-periods" -H "$auth" --json '{"answerDays": 7}')
period=$(id stp <<<"$answer")
echo "$answer"

# 西湖店的结算单：按对方列示 · West Lake's statement, by counterpart
statement=$(curl -s "$SCRIP_URL/v1/settlement-statements?storeId=$other" -H "$auth" | id sst)
curl -s "$SCRIP_URL/v1/settlement-statements/$statement" -H "$auth"

# 它提出异议 · It disputes that …
curl -s "$SCRIP_URL/v1/settlement-statements/$statement/dispute" -H "$auth" --json '{"reason": "少了一笔运费"}'

# ……财务以一笔更正回应，记在下一期 · … and is answered by a correction, which is booked in the next period
curl -s "$SCRIP_URL/v1/settlement-statements/$statement/adjustments" -H "$auth" -H 'Idempotency-Key: adjust-1' --json '{
  "counterpartId": "'$store'", "amount": 500, "reason": "补运费"}'

# 两家店都确认 · Both stores confirm
curl -s "$SCRIP_URL/v1/settlement-statements/$statement/confirm" -H "$auth" --json '{}'
mine=$(curl -s "$SCRIP_URL/v1/settlement-statements?storeId=$store" -H "$auth" | id sst)
curl -s "$SCRIP_URL/v1/settlement-statements/$mine/confirm" -H "$auth" --json '{}'

# 结账，从此不变 · Closed for good
curl -s "$SCRIP_URL/v1/settlement-periods/$period/close" -H "$auth" --json '{}'

# 一家应收就是另一家应付：合计为零 · What one is owed another owes: over all it comes to nothing
curl -s "$SCRIP_URL/v1/settlement-periods/$period" -H "$auth"

# 轧差：每家只剩一笔 · Netted: each is left with one sum to pay or to receive
curl -s "$SCRIP_URL/v1/settlement-periods/$period/net" -H "$auth" -H 'Idempotency-Key: net-1' --json '{}'

# 南京路店把它的一笔付了 · The first store pays what it owes
due=$(curl -s "$SCRIP_URL/v1/settlement-payments?state=due" -H "$auth" | grep -o "spy_[0-9a-z]*\",\"periodId\":\"$period\",\"payerId\":\"$store" | grep -o 'spy_[0-9a-z]*')
curl -s "$SCRIP_URL/v1/settlement-payments/$due/pay" -H "$auth" -H 'Idempotency-Key: pay-1' --json '{"reference": "bank-0001"}'

# 结算单可以打印，也可以做成工作簿 · The statement on paper, and as a workbook
curl -s "$SCRIP_URL/v1/settlement-statements/$statement/document?language=en" -H "$auth" -o /dev/null -w '%{content_type}\n'
curl -s "$SCRIP_URL/v1/settlement-statements/$statement/document?format=xlsx" -H "$auth" -o /dev/null -w '%{content_type}\n'
