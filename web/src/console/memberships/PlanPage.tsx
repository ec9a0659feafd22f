import { useNavigate, useParams } from '@tanstack/react-router';
import { Alert, Button, Popconfirm, Skeleton } from 'antd';
import { useCommand } from '../../ui/asking.ts';
import { useMay, useSession } from '../../ui/session.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { Page, Panel } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { usePlans } from './choices.ts';
import { PlanForm } from './PlanForm.tsx';
import { PlanState } from './PlanState.tsx';
import { newPlan, type Plan, planBody, planDraft } from './plan.ts';
import { planWords } from './words.ts';

export function NewPlanPage() {
  const words = useWords(planWords);
  const navigate = useNavigate();
  const { currency } = useSession().merchant;
  const create = useCommand('POST /v1/membership-plans');
  return (
    <Guarded by="memberships.plans">
      <Page title={words.add} lead={words.lead}>
        <PlanForm
          initial={newPlan}
          currency={currency}
          action={words.add}
          busy={create.isPending}
          error={create.error}
          onSave={(draft) =>
            create.mutate(
              { body: planBody(draft, currency) },
              { onSuccess: () => void navigate({ to: '/membership-plans' }) },
            )
          }
        />
      </Page>
    </Guarded>
  );
}

/** One card type: as it is sold now, and other terms for it. */
export function PlanPage() {
  return (
    <Guarded by="members.read">
      <OnePlan />
    </Guarded>
  );
}

function OnePlan() {
  const words = useWords(planWords);
  const { id } = useParams({ from: '/membership-plans/$id' });
  const plans = usePlans();
  const plan = plans?.find((one) => one.id === id);
  if (plan) return <PlanAsSold plan={plan} />;
  return (
    <Page title={words.title}>
      {plans === undefined ? (
        <Skeleton active />
      ) : (
        <Panel>
          <Nothing text={words.missing} />
        </Panel>
      )}
    </Page>
  );
}

function PlanAsSold({ plan }: { readonly plan: Plan }) {
  const words = useWords(planWords);
  const kit = useWords(kitWords);
  const language = useLanguage();
  const navigate = useNavigate();
  const may = useMay('memberships.plans');
  const edit = useCommand('PATCH /v1/membership-plans/{id}');
  const params = { id: plan.id };
  const isActive = plan.state === 'active';
  const verb = isActive ? words.retire : words.sellAgain;
  const turn = () => edit.mutate({ params, body: { state: isActive ? 'retired' : 'active' } });
  const button = (
    <Button danger={isActive} loading={edit.isPending} {...(isActive ? {} : { onClick: turn })}>
      {verb}
    </Button>
  );
  return (
    <Page
      title={plan.name[language]}
      lead={
        <>
          <PlanState state={plan.state} /> {words.version(plan.version)}
        </>
      }
      actions={
        may && isActive ? (
          <Popconfirm title={words.retireWhy} okText={verb} cancelText={kit.cancel} onConfirm={turn}>
            {button}
          </Popconfirm>
        ) : may ? (
          button
        ) : null
      }
    >
      <Alert className="explain" type="info" title={may ? words.editWhy : words.readOnly} />
      <PlanForm
        key={plan.version}
        initial={planDraft(plan)}
        currency={plan.currency}
        action={words.save}
        busy={edit.isPending}
        readOnly={!may}
        error={edit.error}
        onSave={(draft) =>
          edit.mutate(
            { params, body: planBody(draft, plan.currency) },
            { onSuccess: () => void navigate({ to: '/membership-plans' }) },
          )
        }
      />
    </Page>
  );
}
