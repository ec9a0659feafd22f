import { Alert, Button, Form, Input, Select, Skeleton } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { TextField } from '../kit/fields.tsx';
import { ErrorNote, Failed } from '../kit/Notes.tsx';
import { Panel } from '../kit/Page.tsx';
import { PicturePicker } from '../kit/PicturePicker.tsx';
import { settingWords } from './words.ts';

type Settings = AnswerOf<'GET /v1/settings'>;
type Merchant = AnswerOf<'GET /v1/merchant'>;
const fields = ['phone', 'email', 'website', 'address'] as const;
type Values = Readonly<Record<(typeof fields)[number] | 'termsZh' | 'termsEn', string | undefined>>;

/** What customers are told of the merchant: contact, terms, logo. */
export function CustomerFace() {
  const words = useWords(settingWords);
  const settings = useAsk('GET /v1/settings', {});
  const merchant = useAsk('GET /v1/merchant', {});
  const error = settings.error ?? merchant.error;
  const again = () => {
    void settings.refetch();
    void merchant.refetch();
  };
  if (settings.data && merchant.data) {
    return (
      <>
        <Panel title={words.face}>
          <Logo settings={settings.data} />
          <ContactForm merchant={merchant.data} />
        </Panel>
        <Panel title={words.origins}>
          <Origins merchant={merchant.data} />
        </Panel>
      </>
    );
  }
  return (
    <Panel title={words.face}>{error ? <Failed error={error} again={again} /> : <Skeleton active />}</Panel>
  );
}

function ContactForm({ merchant }: { readonly merchant: Merchant }) {
  const words = useWords(settingWords);
  const may = useMay('merchant.write');
  const save = useCommand('PATCH /v1/merchant');
  const { contact, terms } = merchant;
  const orNull = (text: string | undefined) => text?.trim() || null;
  return (
    <Form<Values>
      layout="vertical"
      requiredMark={false}
      disabled={!may}
      initialValues={{ ...contact, termsZh: terms.zh, termsEn: terms.en }}
      onFinish={(values) =>
        save.mutate({
          body: {
            contact: {
              phone: orNull(values.phone),
              email: orNull(values.email),
              website: orNull(values.website),
              address: orNull(values.address),
            },
            terms: { zh: orNull(values.termsZh), en: orNull(values.termsEn) },
          },
        })
      }
    >
      {fields.map((field) => (
        <TextField key={field} name={field} label={words[field]} optional />
      ))}
      {(['termsZh', 'termsEn'] as const).map((field) => (
        <Form.Item key={field} name={field} label={words[field]}>
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={10_000} />
        </Form.Item>
      ))}
      <ErrorNote error={save.error} />
      {save.isSuccess ? <Alert className="explain" type="success" showIcon title={words.saved} /> : null}
      {may ? (
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {words.save}
        </Button>
      ) : null}
    </Form>
  );
}

/** The sites whose pages may look a card up through the widget. */
function Origins({ merchant }: { readonly merchant: Merchant }) {
  const words = useWords(settingWords);
  const may = useMay('merchant.write');
  const save = useCommand('PATCH /v1/merchant');
  return (
    <Form<{ origins: string[] }>
      layout="vertical"
      disabled={!may}
      initialValues={{ origins: merchant.widgetOrigins }}
      onFinish={({ origins }) => save.mutate({ body: { widgetOrigins: origins } })}
    >
      <Form.Item name="origins" extra={words.originsWhy}>
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          aria-label={words.origins}
          placeholder="https://shop.example"
        />
      </Form.Item>
      <ErrorNote error={save.error} />
      {save.isSuccess ? <Alert className="explain" type="success" showIcon title={words.saved} /> : null}
      {may ? (
        <Button htmlType="submit" loading={save.isPending}>
          {words.saveOrigins}
        </Button>
      ) : null}
    </Form>
  );
}

function Logo({ settings }: { readonly settings: Settings }) {
  const words = useWords(settingWords);
  const save = useCommand('PATCH /v1/settings');
  return (
    <PicturePicker
      purpose="logo"
      imageId={settings.logoImageId}
      name={words.logo}
      choose={words.chooseLogo}
      remove={words.removeLogo}
      why={words.logoWhy}
      busy={save.isPending}
      error={save.error}
      onKeep={(logoImageId) => save.mutate({ body: { logoImageId } })}
    />
  );
}
