# 接收通知并验签 · Webhooks: receive news, and verify its signature in ten lines
. ./shop.sh

# 验签：十行 · Verifying a signature: ten lines. A name of your own server stands where this example has 127.0.0.1, which
# the operator allowed by SCRIP_WEBHOOK_NETWORKS=127.0.0.1
sed -n '/verify:start/,/verify:end/{//!p}' receiver.mjs

# 一个接收端：验签，记下来，答 200 · A receiver: it verifies, notes, and answers 200
news=$(mktemp -d)
node receiver.mjs "$news/secret" "$news/port" "$news/body" &
trap "kill $!; rm -r '$news'" EXIT
until [ -s "$news/port" ]; do sleep 0.1; done

# 登记地址，密钥只显示这一次 · Add the endpoint; its secret is shown this once
answer=$(curl -s "$SCRIP_URL/v1/webhook-endpoints" -H "$auth" --json '{
  "url": "http://127.0.0.1:'$(cat "$news/port")'/news", "eventTypes": ["card.redeemed"]}')
grep -o 'whsec_[^"]*' <<<"$answer" >"$news/secret"
sed 's/whsec_[^"]*/whsec_…/; s/127.0.0.1:[0-9]*/127.0.0.1:8000/' <<<"$answer"

# 核销一次，通知随即到达 · A redemption, and its news arrives
curl -s "$SCRIP_URL/v1/redemptions" -H "$auth" -H 'Idempotency-Key: order-1' -o /dev/null --json '{
  "code": "'$code'", "pin": "'$pin'", "amount": 8000, "currency": "CNY", "storeId": "'$store'", "reference": "order-1"}'
until [ -s "$news/body" ]; do sleep 0.1; done
cat "$news/body"

# 投递记录 · What was delivered
endpoint=$(id wep <<<"$answer")
sleep 1
curl -s "$SCRIP_URL/v1/webhook-endpoints/$endpoint/deliveries" -H "$auth"
