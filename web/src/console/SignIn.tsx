import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useWords } from '../ui/words.ts';
import { frameWords } from './words.ts';

/** Where nobody is signed in. */
export function SignIn() {
  const words = useWords(frameWords);
  const client = useQueryClient();
  return (
    <main className="sign-in">
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={({ key }: { key: string }) => {
          sessionStorage.setItem('scrip.developer-key', key);
          void client.invalidateQueries();
        }}
      >
        <h1>{words.signInTitle}</h1>
        <Form.Item name="key" label={words.signInKey}>
          <Input.Password autoComplete="off" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block size="large">
          {words.signIn}
        </Button>
      </Form>
    </main>
  );
}
