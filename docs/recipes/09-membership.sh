# 会员卡与等级：办卡、优惠、续费、暂停、退卡 · Card types and tiers: sold, renewed, paused, given back
. ./shop.sh

# 年卡：199.00 元，八八折，用储值付就是八五折，可以暂停 30 天 · A year card for 199.00 yuan: 12 % off, 15 % where all is paid by wallet
answer=$(curl -s "$SCRIP_URL/v1/membership-plans" -H "$auth" --json '{
  "name": {"zh": "年卡", "en": "Year card"}, "span": {"count": 1, "unit": "years"}, "price": 19900,
  "discount": {"ppm": 120000, "walletPpm": 150000}, "graceDays": 7, "pauseDaysMax": 30}')
plan=$(id mpl <<<"$answer")
echo "$answer"

# 一年消费满 5000 元就是金卡，九折；不满 3000 元降级 · Gold from 5,000 yuan a year, kept by 3,000
curl -s "$SCRIP_URL/v1/membership-tiers" -H "$auth" --json '{
  "period": {"count": 1, "unit": "years"}, "downgrade": "one_down", "tiers": [{
    "code": "gold", "name": {"zh": "金卡", "en": "Gold"}, "discount": {"ppm": 100000},
    "entry": {"spend": 500000}, "keep": {"spend": 300000}}]}'

# 凭手机号办卡，十秒钟：还不是会员的，同时登记 · Sold by phone number alone: who is no member becomes one with it
answer=$(curl -s "$SCRIP_URL/v1/memberships" -H "$auth" -H 'Idempotency-Key: join-1' --json '{
  "member": {"phone": "13800138000", "name": "林夕", "consent": {"textVersion": 1, "marketing": false}},
  "planId": "'$plan'", "storeId": "'$store'", "payment": {"tender": "cash", "amount": 19900, "reference": "join-1"}}')
membership=$(id mbs <<<"$answer")
member=$(grep -o -m1 'mem_[0-9a-z]*' <<<"$answer" | head -1)
echo "$answer"

# 他有什么、还差多少、能做什么 · What they have, how far the next tier is, what may be done
curl -s "$SCRIP_URL/v1/members/$member/membership" -H "$auth"

# 续费：从到期日接着算 · Renewed from its last day on
curl -s "$SCRIP_URL/v1/memberships/$membership/renew" -H "$auth" -H 'Idempotency-Key: renew-1' --json '{
  "storeId": "'$store'", "payment": {"tender": "cash", "amount": 19900, "reference": "renew-1"}}'

# 暂停十天，到期日顺延 · Ten days of rest, and it ends as much later
curl -s "$SCRIP_URL/v1/memberships/$membership/pause" -H "$auth" --json '{"storeId": "'$store'", "days": 10}'

# 已在暂停中 · It rests already
curl -s "$SCRIP_URL/v1/memberships/$membership/pause" -H "$auth" --json '{"storeId": "'$store'", "days": 10}'

# 提前恢复 · It goes on before its time
curl -s "$SCRIP_URL/v1/memberships/$membership/resume" -H "$auth" --json '{"storeId": "'$store'"}'

# 退卡：金额须分文不差 · Given back: the sum has to be exact …
curl -s "$SCRIP_URL/v1/memberships/$membership/cancel" -H "$auth" -H 'Idempotency-Key: cancel-1' --json '{
  "storeId": "'$store'", "reason": "搬家", "refund": "unused", "payment": {"tender": "cash", "amount": 100, "reference": "back-1"}}'

# ……未用的两年都退 · … and both unused years go back
curl -s "$SCRIP_URL/v1/memberships/$membership/cancel" -H "$auth" -H 'Idempotency-Key: cancel-2' --json '{
  "storeId": "'$store'", "reason": "搬家", "refund": "unused", "payment": {"tender": "cash", "amount": 39800, "reference": "back-1"}}'
