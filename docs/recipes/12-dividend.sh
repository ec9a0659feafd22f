# 分红：算到分、由第二人批准、按批次入账 · A dividend: counted to the cent, approved, credited as lots
. ./shop.sh

# 三位会员 · Three members
join() { curl -s "$SCRIP_URL/v1/members" -H "$auth" --json '{"phone": "'$1'", "name": "'$2'", "consent": {"textVersion": 1}}' | id mem; }
first=$(join 13800138001 林夕) second=$(join 13800138002 王芳) third=$(join 13800138003 李雷)

# 一月利润 100 元，拿出一成，按 7 比 5 比 1 分 · A tenth of January's profit of 100 yuan, by weights of 7, 5 and 1
dividend=$(curl -s "$SCRIP_URL/v1/dividends" -H "$auth" -H 'Idempotency-Key: january' --json '{
  "name": "一月分红 January", "firstDay": "2025-01-01", "lastDay": "2025-01-31",
  "source": {"kind": "profit", "profit": 10000, "ppm": 100000},
  "weighing": {"by": "given", "given": [
    {"memberId": "'$first'", "weight": 7}, {"memberId": "'$second'", "weight": 5}, {"memberId": "'$third'", "weight": 1}]}}' | id div)

# 先算好给人看，谁也没有得到什么 · Counted first, to be looked at: nobody has got anything
until_is() { timeout 60 bash -c 'until curl -s "$0" -H "$1" | grep "\"state\":\"$2\"" >/dev/null; do sleep 0.2; done' "$SCRIP_URL/v1/dividends/$dividend" "$auth" "$1"; }
until_is counted
curl -s "$SCRIP_URL/v1/dividends/$dividend" -H "$auth"

# 各得多少：合计正好是整笔 · Who gets what: together exactly the pool
curl -s "$SCRIP_URL/v1/dividends/$dividend/shares" -H "$auth" | grep -o '"memberId":"[^"]*"\|"weight":[0-9]*\|"amount":[0-9]*' | paste -d' ' - - -

# 批准（员工批准时另需第二人），随即入账，每人恰好一次 · Approved (by staff it takes a second person), and credited, each once
curl -s "$SCRIP_URL/v1/dividends/$dividend/approve" -H "$auth" -H 'Idempotency-Key: january-yes' --json '{}' -f -o /dev/null
until_is paid
curl -s "$SCRIP_URL/v1/dividends/$dividend" -H "$auth" | grep -o '"paid":[0-9]*\|"paidMembers":[0-9]*'

# 在钱包里是赠送部分，由商户承担 · In the wallet it is bonus, which the merchant answers for
curl -s "$SCRIP_URL/v1/wallets/$first" -H "$auth"
