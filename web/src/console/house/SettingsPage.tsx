import { Link } from '@tanstack/react-router';
import { Collapse, Radio } from 'antd';
import { useSession } from '../../ui/session.ts';
import { chooseLanguage, useLanguage, useWords } from '../../ui/words.ts';
import { Facts, Page, Panel } from '../kit/Page.tsx';
import { CustomerFace } from './CustomerFace.tsx';
import { PermissionList } from './PermissionList.tsx';
import { roleWords, settingWords } from './words.ts';

export function SettingsPage() {
  const words = useWords(settingWords);
  const roles: Readonly<Record<string, string>> = useWords(roleWords);
  const language = useLanguage();
  const { merchant, permissions, staff, person } = useSession();
  return (
    <Page title={words.title}>
      <div className="columns">
        <div>
          <CustomerFace />
          <Panel title={words.merchant}>
            <Facts
              items={[
                [words.name, merchant.name],
                [
                  words.id,
                  <span key="id" className="mono">
                    {merchant.id}
                  </span>,
                ],
                [words.currency, merchant.currency],
                [words.timezone, merchant.timezone],
              ]}
            />
          </Panel>
          <Panel title={words.me}>
            <Facts
              items={[
                [words.name, staff.name],
                [words.login, person?.login ?? '–'],
                [words.role, staff.roleName ?? roles[staff.role ?? ''] ?? '–'],
              ]}
            />
            <Collapse
              ghost
              items={[
                {
                  key: 'permissions',
                  label: words.permissions(permissions.length),
                  children: <PermissionList permissions={permissions} />,
                },
              ]}
            />
          </Panel>
        </div>
        <div>
          <Panel title={words.language}>
            <Radio.Group
              optionType="button"
              value={language}
              onChange={({ target }) => chooseLanguage(target.value === 'en' ? 'en' : 'zh')}
              options={[
                { value: 'zh', label: words.chinese },
                { value: 'en', label: words.english },
              ]}
            />
          </Panel>
          <Panel title={words.security}>
            <ul className="links">
              <li>
                <Link to="/security">{words.toSecurity}</Link>
              </li>
            </ul>
          </Panel>
          <Panel title={words.documents}>
            <ul className="links">
              <li>
                <a href={`/docs?lang=${language}`}>{words.api}</a>
              </li>
              <li>
                <a href={`/docs/errors?lang=${language}`}>{words.refusals}</a>
              </li>
            </ul>
          </Panel>
        </div>
      </div>
    </Page>
  );
}
