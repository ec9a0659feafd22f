# 同一个人的两份档案合为一份 · Two records of one person become one
. ./shop.sh

# 老号码与新号码各登记过一次，各有储值 · Enrolled by an old number and again by a new one, with money on both
enrol() {
  curl -s "$SCRIP_URL/v1/members" -H "$auth" --json '{"phone": "'$1'", "name": "林夕", "consent": {"textVersion": 1}}' | id mem
}
top_up() {
  curl -s "$SCRIP_URL/v1/wallet-top-ups" -H "$auth" -H "Idempotency-Key: $2" -o /dev/null --json '{
    "memberId": "'$1'", "storeId": "'$3'", "amount": '$4', "payment": {"tender": "cash", "amount": '$4', "reference": "'$2'"}}'
}
old=$(enrol 13800138000) new=$(enrol 13900139000)
top_up "$old" top-up-1 "$store" 50000
top_up "$new" top-up-2 "$other" 20000

# 先看会怎样；什么也不改 · First it is shown what would be; nothing is changed
curl -s "$SCRIP_URL/v1/members/$old/merge-preview" -H "$auth" --json '{"intoId": "'$new'"}' |
  grep -o '"against":\[[^]]*\]\|"after":{"balance":{[^}]*}'

# 合并：两家店各自负责的储值仍分开 · Merged; what each of the stores answers for stays apart
curl -s "$SCRIP_URL/v1/members/$old/merge" -H "$auth" -H 'Idempotency-Key: merge-1' --json '{"intoId": "'$new'", "reason": "enrolled_twice"}'
curl -s "$SCRIP_URL/v1/wallets/$new" -H "$auth"

# 旧编号找得到现在是谁；旧号码找不到任何人 · The old id tells who it is now; the old number finds nobody
curl -s "$SCRIP_URL/v1/members/$old/heir" -H "$auth"
curl -s "$SCRIP_URL/v1/member-lookups?phone=13800138000" -H "$auth"
