# 优惠券：券模板、发券、试算、用券、全退返还、充值赠券 · Coupons: laid down, given, quoted, used, back with the goods, and with a top-up
. ./shop.sh

member=$(curl -s "$SCRIP_URL/v1/members" -H "$auth" --json '{"phone": "13800138000", "consent": {"textVersion": 1}}' | id mem)
buy() {
  curl -s "$SCRIP_URL/v1/purchases" -H "$auth" -H "Idempotency-Key: $1" --json '{
    "storeId": "'$store'", "memberId": "'$member'", "reference": "'$1'", "couponId": "'$coupon'",
    "lines": [{"name": "龙井茶", "price": 6800}, {"name": "茶杯", "price": 3300}],
    "tenders": [{"kind": "money", "tender": "cash", "amount": 8100}]}'
}

# 满 100 元减 20 元，发出后 30 天内有效，共 1000 张 · 20 yuan off from 100 yuan on, good for 30 days, a thousand in all
template=$(curl -s "$SCRIP_URL/v1/coupon-templates" -H "$auth" --json '{
  "name": "满100减20", "off": {"type": "amount", "amount": 2000}, "minimum": 10000,
  "validity": {"type": "after", "count": 30, "unit": "days"}, "issueMax": 1000}' | id cpt)

# 发给会员一张 · One is given to a member
coupon=$(curl -s "$SCRIP_URL/v1/members/$member/coupons" -H "$auth" -H 'Idempotency-Key: give-1' --json '{
  "templateId": "'$template'", "reason": "等候太久"}' | id cpn)

# 68 元还差 32 元 · At 68 yuan 32 are missing
curl -s "$SCRIP_URL/v1/purchase-quotes" -H "$auth" --json '{
  "storeId": "'$store'", "memberId": "'$member'", "lines": [{"name": "龙井茶", "price": 6800}]}' | grep -o '"otherwise":{"discount[^}]*}'

# 加一只茶杯就用得上；减去的 20 元按行分摊，一分不差 · With a cup it counts; the 20 yuan are shared out over the lines to the cent
answer=$(buy order-1)
purchase=$(id pur <<<"$answer")
echo "$answer"

# 同一张券不能再用 · The same coupon is not used again
buy order-2

# 全部退货，券也回来 · All of it goes back, and so does the coupon
curl -s "$SCRIP_URL/v1/purchases/$purchase/refunds" -H "$auth" -H 'Idempotency-Key: back-1' --json '{"amount": 8100, "reason": "退货"}'

# 充 500 送两张 · Two more with a top-up of 500 yuan
curl -s "$SCRIP_URL/v1/bonus-rules" -H "$auth" -o /dev/null --json '{
  "name": "充500送券", "steps": [{"from": 50000, "coupons": {"templateId": "'$template'", "count": 2}}]}'
curl -s "$SCRIP_URL/v1/wallet-top-ups" -H "$auth" -H 'Idempotency-Key: top-up-1' --json '{
  "memberId": "'$member'", "storeId": "'$store'", "amount": 50000,
  "payment": {"tender": "cash", "amount": 50000, "reference": "top-up-1"}}' | grep -o '"coupons":{[^}]*}'
curl -s "$SCRIP_URL/v1/coupon-templates/$template" -H "$auth" | grep -o '"issued":.*"withdrawn":[0-9]*'
