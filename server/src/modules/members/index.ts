export { memberAnswer, profileAnswer, wholeAnswer } from './answers.ts';
export { addCard } from './bindCard.ts';
export { type BroughtMember, broughtIn } from './bringIn.ts';
export {
  canonicalCardNumber,
  cardNumberForm,
  drawCardNumbers,
  numberFor,
  numberHolders,
} from './cardNumber.ts';
export { type EnrolInput, enrolled, enrolRows, keptBesides } from './enrolMember.ts';
export { erased, mergedAway } from './eraseMember.ts';
export { memberJobs } from './jobs.ts';
export { maskedMember } from './masked.ts';
export {
  heirOf,
  type Language,
  type Member,
  memberAt,
  memberById,
  memberNow,
  members,
  memberWithPhone,
} from './member.ts';
export { changeMyNumber } from './number/changeNumber.ts';
export { leftNumbers } from './number/leftNumber.ts';
export type { AsWallet, MemberParts, Message, Replay } from './parts.ts';
export { enrolInput, sealedProfile } from './person.ts';
export { canonicalPhone as phoneOf } from './phone.ts';
export { type BirthdayHashes, hasBirthday, isBirthday } from './profile/birthday.ts';
export { exportMember } from './profile/exportMember.ts';
export { type Field, fieldKey, ownFields, type Values } from './profile/form.ts';
export { readFields } from './profile/store.ts';
export { memberRoutes } from './routes.ts';
export {
  cardNumberIn,
  enrolBody,
  fieldLengthMax,
  maskedShape,
  memberParams,
  memberShape,
  phoneIn,
  slugParams,
  tagLengthMax,
  tagsMax,
  wholeMemberShape,
} from './shapes.ts';
export { claim } from './signIn/limits.ts';
export { merchantOf, type SignedIn, signedIn } from './signIn/signIn.ts';
export {
  membersSql,
  noMember,
  readHeir,
  readMember,
  readMemberByCardNumber,
  readMemberByPhone,
  recordsOf,
} from './store.ts';
export { memberVault, type Vault } from './vault.ts';
export { walletGate, walletId } from './walletActor.ts';
