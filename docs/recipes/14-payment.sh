# 线上充值：银行卡渠道、下单、付款通知、退款 · Topping up by a payment page: a channel, an order, the news of its payment, a refund
. ./shop.sh

# 收单方验签与签名：十几行 · How an acquirer signs and verifies (docs/acquirer.md). Alipay, WeChat Pay and Stripe take their own
# keys instead; a real one is reached without SCRIP_WEBHOOK_NETWORKS=127.0.0.1, which this example needs
sed -n '/acquirer:start/,/acquirer:end/{//!p}' acquirer.mjs

# 双方各有一对密钥 · Each side has a pair of keys
keys=$(mktemp -d)
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$keys/private.pem"
openssl pkey -in "$keys/private.pem" -pubout -out "$keys/scrip.pem"
node acquirer.mjs "$keys" &
trap "kill $!; rm -r '$keys'" EXIT
until [ -s "$keys/port" ]; do sleep 0.1; done
acquirer=http://127.0.0.1:$(cat "$keys/port")

# 登记渠道；密钥进得去，出不来 · The channel; its keys go in and never come out
line() { awk '{printf "%s\\n", $0}' "$1"; }
curl -s "$SCRIP_URL/v1/payment-channels" -H "$auth" --json '{
  "name": "银行卡", "storeId": "'$store'", "baseUrl": "'$acquirer'", "publicUrl": "'$SCRIP_URL'",
  "credentials": {"kind": "bank_card", "merchantNo": "M100001",
    "privateKey": "'"$(line "$keys/private.pem")"'", "acquirerKey": "'"$(line "$keys/acquirer.pem")"'"}}' | tee "$keys/channel"
channel=$(id pch <"$keys/channel")

# 会员在手机上登录 · A member signs in on the phone
slug=$(curl -s "$SCRIP_URL/v1/merchant" -H "$auth" | grep -o '"slug":"[^"]*' | cut -d '"' -f 4)
phone() { curl -s "$SCRIP_URL/v1/wallet/$slug$1" -H 'Sec-Fetch-Site: same-origin' -H 'Scrip-Client: recipe' -b "$keys/jar" -c "$keys/jar" "${@:2}"; }
phone /sign-in --json '{"phone": "13800138000"}' >/dev/null
until code=$(curl -s "$SCRIP_URL/v1/notices?limit=1" -H "$auth" | grep -o '验证码 [0-9]*' | grep -o '[0-9]*'); do sleep 0.3; done
member=$(phone /sessions --json '{"phone": "13800138000", "code": "'"$code"'", "name": "林夕", "consent": {"textVersion": 1}}' | id mem)

# 下单 200 元：付款页由收单方给出 · An order of 200 yuan: the page to pay on is the acquirer's
order=$(phone /top-up-orders -H 'Idempotency-Key: order-1' --json '{"channelId": "'$channel'", "amount": 20000, "method": "redirect"}' | tee "$keys/order" | id pay)
cat "$keys/order"

# 谁都可以说付过了；没有签名就不算 · Anybody can say that it was paid; without a signature it does not count
curl -s "$SCRIP_URL/v1/payment-callbacks/$(curl -s "$SCRIP_URL/v1/merchant" -H "$auth" | id mer)/$channel" \
  --json '{"state": "paid", "orderId": "'$order'", "amount": 20000, "currency": "CNY"}' -o /dev/null -w '%{http_code}\n'

# 会员付款，收单方通知，储值到账；付了两次，多付的自动退回 · The member pays, the acquirer tells, the wallet has it; paid twice, the
# second goes back by itself
reference=$(grep -o 'acquirer.example/pay/[^"]*' "$keys/order" | cut -d / -f 3)
curl -s "$acquirer/pay/$reference" -o /dev/null -w '%{http_code}\n'
curl -s "$acquirer/pay/$reference" -o /dev/null -w '%{http_code}\n'
sent_back() { until [ "$(curl -s "$SCRIP_URL/v1/payment-orders/$order" -H "$auth" | grep -o '"state":"done"' | wc -l)" = "$1" ]; do sleep 0.3; done; }
sent_back 1
curl -s "$SCRIP_URL/v1/payment-orders/$order" -H "$auth"; echo
curl -s "$SCRIP_URL/v1/wallets/$member" -H "$auth" | grep -o '"balance":{[^}]*}'

# 先试算可退多少，再退 50 元：从储值扣下，按原路退回 · What would go back, then 50 yuan of it: off the wallet, by the way that they came
curl -s "$SCRIP_URL/v1/payment-orders/$order/refund-quote" -H "$auth" -H 'Idempotency-Key: quote-1' --json '{}'; echo
curl -s "$SCRIP_URL/v1/payment-orders/$order/refund" -H "$auth" -H 'Idempotency-Key: back-1' --json '{"amount": 5000, "reason": "多充了"}'; echo
sent_back 2
curl -s "$SCRIP_URL/v1/wallets/$member" -H "$auth" | grep -o '"balance":{[^}]*}'
