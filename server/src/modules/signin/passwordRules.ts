import { type Refusal, refused } from '../../kernel/outcome.ts';

const passwordMin = 10;
export const passwordMax = 128;
/** Guesses that a good guesser needs, as a power of ten: what leaked before or follows a pattern needs fewer. */
const guessesMin = 9;
/** More than that does not make it weaker, and would take long to look through. */
const lookedAtMax = 48;

/** Words of Chinese passwords that the general lists do not have as such; the more used come first. */
const words =
  'woaini 5201314 1314520 woaini1314 5201314woaini woaini520 woaini521 aini1314 mima nihao woshi wodemima zhongguo beijing shanghai guangzhou shenzhen caonima nishishui wangyut2 zxcvbnm asdfghjkl qazwsx qwe123 abc123 a123456 aa123456 qq123456 wo1314 wang zhang liu chen yang zhao huang zhou baobao laopo laogong mama baba tiantian xiaoxiao dongdong lovely gongsi dianpu mendian huiyuan lipinka gouwuka chuzhika admin root scrip'.split(
    ' ',
  );

type Estimate = (password: string, about: string[]) => number;
let estimate: Promise<Estimate> | undefined;

/** The word lists are large, and most processes never set a password. */
async function load(): Promise<Estimate> {
  const [{ ZxcvbnFactory }, common] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  const checker = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, 'passwords-zh': words },
    graphs: common.adjacencyGraphs,
  });
  return (password, about) => checker.check(password.slice(0, lookedAtMax), about).guessesLog10;
}

/**
 * Why a password is none to take; `about` is what of the person a guesser would know. Looked up in lists that are part
 * of the program: nothing of it is sent anywhere.
 */
export async function unfitPassword(
  password: string,
  about: readonly string[],
  field = 'password',
): Promise<Refusal | undefined> {
  const { length } = [...password.normalize('NFKC')];
  if (length < passwordMin) {
    return refused('password_too_short', { field, detail: `At least ${passwordMin} characters.` });
  }
  estimate ??= load();
  const parts = about.flatMap((text) => [text, ...text.split(/[@.\s_-]+/)]).filter((text) => text.length > 1);
  const guesses = (await estimate)(password.normalize('NFKC').toLowerCase(), parts);
  const isWeak = guesses < guessesMin && (await estimate)(password.normalize('NFKC'), parts) < guessesMin;
  return isWeak ? refused('password_too_weak', { field }) : undefined;
}
