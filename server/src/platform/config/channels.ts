/** A mail server to hand letters to. */
export type MailChannel = {
  /** `smtp://` or `smtps://`, with login and password where it wants them. */
  readonly url: string;
  /** Who writes: `Shop <shop@example.com>`. */
  readonly from: string;
};

/** A receiver of signed requests that sends short messages for us (docs/notices.md). */
export type HttpChannel = { readonly url: string; readonly secret: string };

export type ChannelSettings = {
  readonly email?: MailChannel | undefined;
  readonly sms?: HttpChannel | undefined;
  readonly wechat?: HttpChannel | undefined;
};

const secretMin = 24;

/** Reads how people can be told something. Throws an error that names the variable at fault and never its value. */
export function readChannels(given: (name: string) => string | undefined): ChannelSettings {
  const settings: { -readonly [Name in keyof ChannelSettings]: ChannelSettings[Name] } = {};
  const mail = given('SCRIP_SMTP_URL');
  if (mail !== undefined) {
    if (!URL.canParse(mail) || !/^smtps?:\/\//.test(mail))
      throw new Error('SCRIP_SMTP_URL must be smtp://host:port or smtps://user:password@host:port');
    const from = given('SCRIP_SMTP_FROM');
    if (from === undefined || !from.includes('@'))
      throw new Error('SCRIP_SMTP_FROM must be the address that letters come from');
    settings.email = { url: mail, from };
  }
  for (const name of ['sms', 'wechat'] as const) {
    const lead = `SCRIP_${name.toUpperCase()}`;
    const url = given(`${lead}_URL`);
    if (url === undefined) continue;
    if (!URL.canParse(url) || !/^https?:\/\//.test(url))
      throw new Error(`${lead}_URL must be the http:// or https:// address of the receiver`);
    const secret = given(`${lead}_SECRET`);
    if (secret === undefined || secret.length < secretMin)
      throw new Error(
        `${lead}_SECRET must be ${secretMin} characters at least, and the receiver must have the same`,
      );
    settings[name] = { url, secret };
  }
  return settings;
}
