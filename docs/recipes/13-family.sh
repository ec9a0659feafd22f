# 家人共用储值：邀请、接受、到店付款、退款、停止 · Family sharing: offered, accepted, paid with, given back, ended
. ./shop.sh

# 会员在手机上做的事，走商家的公开页面；验证码从发件箱读 · What members do goes by the public pages; the outbox has their codes
slug=$(curl -s "$SCRIP_URL/v1/merchant" -H "$auth" | grep -o '"slug":"[^"]*' | cut -d '"' -f 4)
phone() { curl -s "$SCRIP_URL/v1/wallet/$slug$2" -H 'Sec-Fetch-Site: same-origin' -H 'Scrip-Client: recipe' -b "$1" -c "$1" "${@:3}"; }
sign_in() {
  phone "$1" /sign-in --json '{"phone": "'"$2"'"}' >/dev/null
  until code=$(curl -s "$SCRIP_URL/v1/notices?limit=1" -H "$auth" | grep -o '验证码 [0-9]*' | grep -o '[0-9]*'); do sleep 0.3; done
  phone "$1" /sessions --json '{"phone": "'"$2"'", "code": "'"$code"'", "name": "'"$3"'", "consent": {"textVersion": 1}}'
}
hers=$(mktemp) his=$(mktemp)
payer=$(sign_in "$hers" 13800138000 林夕 | id mem)
relative=$(sign_in "$his" 13900139000 陈小雨 | id mem)

# 林夕充值 500 元 · Lin Xi tops up by 500 yuan
curl -s "$SCRIP_URL/v1/wallet-top-ups" -H "$auth" -H 'Idempotency-Key: top-up-1' -o /dev/null --json '{
  "memberId": "'$payer'", "storeId": "'$store'", "amount": 50000,
  "payment": {"tender": "cash", "amount": 50000, "reference": "top-up-1"}}'

# 她邀请一个手机号，每天至多 100 元；无论那是谁，答复相同 · She offers it to a number, 100 yuan a day; it is one answer whoever that is
share=$(phone "$hers" /family --json '{"phone": "13900139000", "dayMax": 10000}' | id fsh)

# 他看到邀请，接受 · He sees the offer and accepts it
phone "$his" /family; echo
phone "$his" "/family/$share/accept" --json '{}'

# 柜台凭他的手机号看到他可用谁的储值、现在最多付多少；看不到她的余额 · The counter sees whose wallet he may pay from and how much, not what she has
curl -s "$SCRIP_URL/v1/member-lookups?phone=13900139000" -H "$auth" | grep -o '"family":\[[^]]*\]'

# 他买 68 元的茶，用她的储值付 · He buys tea for 68 yuan, and her wallet pays
answer=$(curl -s "$SCRIP_URL/v1/purchases" -H "$auth" -H 'Idempotency-Key: order-1' --json '{
  "storeId": "'$store'", "memberId": "'$relative'", "reference": "order-1", "lines": [{"name": "龙井茶", "price": 6800}],
  "tenders": [{"kind": "wallet", "amount": 6800, "payerId": "'$payer'"}]}')
purchase=$(id pur <<<"$answer")
echo "$answer"

# 再付 33 元就超过当日限额 · 33 yuan more are above the day’s limit
curl -s "$SCRIP_URL/v1/purchases" -H "$auth" -H 'Idempotency-Key: order-2' --json '{
  "storeId": "'$store'", "memberId": "'$relative'", "reference": "order-2", "lines": [{"name": "龙井茶", "price": 3300}],
  "tenders": [{"kind": "wallet", "amount": 3300, "payerId": "'$payer'"}]}'

# 退货：钱回到她的储值，当天的额度也回来 · Given back: onto her wallet, and to the day’s limit
curl -s "$SCRIP_URL/v1/purchases/$purchase/refunds" -H "$auth" -H 'Idempotency-Key: back-1' -o /dev/null --json '{
  "amount": 6800, "reason": "退货"}'
phone "$his" /family

# 她的明细里看得到是谁 · Her history says who it was
phone "$hers" '/stored-value/history?limit=2'

# 双方都可随时停止 · Either ends it at any time
phone "$his" "/family/$share/end" --json '{}'
rm "$hers" "$his"
