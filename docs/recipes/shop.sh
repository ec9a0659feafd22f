# 其余各例的店：两家门店，一张在第一家售出的 100 元卡 · The shop of the other recipes: two stores, and a card of 100 yuan
# that was sold in the first. Sets auth, store, other, serial, code, pin and card (its id). The calls are those of 01-main-job.sh.
auth="Authorization: Bearer $SCRIP_KEY"
id() { grep -o -m1 "\"id\":\"$1_[0-9a-z]*" | grep -o "$1_[0-9a-z]*"; }

store=$(curl -sf "$SCRIP_URL/v1/stores" -H "$auth" --json '{"code": "SH01", "name": "南京路店"}' | id store)
other=$(curl -sf "$SCRIP_URL/v1/stores" -H "$auth" --json '{"code": "HZ01", "name": "西湖店"}' | id store)
program=$(curl -sf "$SCRIP_URL/v1/card-programs" -H "$auth" --json '{
  "kind": "gift", "name": {"zh": "礼品卡", "en": "Gift card"}, "currency": "CNY", "denominations": [10000]}' | id prog)
batch=$(curl -sf "$SCRIP_URL/v1/card-batches" -H "$auth" --json '{
  "programId": "'$program'", "quantity": 1, "faceValue": 10000}' | id batch)
csv=$(curl -sf --retry 30 --retry-delay 1 --retry-all-errors \
  "$SCRIP_URL/v1/card-batches/$batch/release" -H "$auth" --json '{}')
IFS=, read -r serial code pin _ <<<"$(sed -n 2p <<<"$csv")"
curl -sf "$SCRIP_URL/v1/cards/activate" -H "$auth" -H 'Idempotency-Key: sale-1' -o /dev/null --json '{
  "cards": [{"serial": "'$serial'"}], "storeId": "'$store'",
  "payment": {"tender": "cash", "amount": 10000, "reference": "sale-1"}}'
card=$(curl -sf "$SCRIP_URL/v1/cards?serial=$serial" -H "$auth" | id card)
