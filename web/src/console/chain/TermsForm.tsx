import { Link, useNavigate } from '@tanstack/react-router';
import { Alert, Button, Form } from 'antd';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ErrorNote } from '../kit/Notes.tsx';
import { Panel } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { ForTerms, LastVersion } from './LastVersion.tsx';
import { StartFields } from './StartFields.tsx';
import { type Terms, type TermsDraft, termsBody, termsDraft } from './termsDraft.ts';
import { BearingFields, CommissionFields, RatioFields } from './termsFields.tsx';
import { termWords } from './words.ts';

/** Lays the terms between stores down anew, beginning with those that were laid down last. */
export function EditTermsPage() {
  return (
    <ForTerms>
      <EditTerms />
    </ForTerms>
  );
}

function EditTerms() {
  const words = useWords(termWords);
  const asked = useAsk('GET /v1/settlement-terms', { query: { limit: 1 } });
  return <LastVersion words={words} asked={asked} form={(last) => <TermsForm terms={last} />} />;
}

function TermsForm({ terms }: { readonly terms: Terms | undefined }) {
  const words = useWords(termWords);
  const kit = useWords(kitWords);
  const navigate = useNavigate();
  const { currency } = useSession().merchant;
  const set = useCommand('POST /v1/settlement-terms');
  return (
    <Form<TermsDraft>
      layout="vertical"
      requiredMark={false}
      initialValues={termsDraft(terms, currency)}
      disabled={set.isPending}
      onFinish={(draft) =>
        set.mutate(
          { body: termsBody(draft, currency) },
          { onSuccess: () => void navigate({ to: '/settlement-terms' }) },
        )
      }
    >
      <Alert className="explain" type="info" title={words.saveWhy} />
      <Panel title={words.ratios}>
        <p className="soft small">{words.ratiosWhy}</p>
        <RatioFields />
      </Panel>
      <Panel title={words.bearing}>
        <p className="soft small">{words.bearingWhy}</p>
        <BearingFields />
      </Panel>
      <Panel title={words.commissions}>
        <p className="soft small">{words.commissionsWhy}</p>
        <CommissionFields currency={currency} />
      </Panel>
      <Panel>
        <StartFields />
      </Panel>
      <ErrorNote error={set.error} />
      <div className="verbs">
        <Button type="primary" htmlType="submit" size="large" loading={set.isPending}>
          {kit.save}
        </Button>
        <Link to="/settlement-terms">
          <Button size="large">{kit.cancel}</Button>
        </Link>
      </div>
    </Form>
  );
}
