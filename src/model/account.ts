/** A firm's account with the platform: what a sign-in opens. */
export interface Account {
  readonly id: string;
  readonly name: string | null;
}

/** As a person knows it, and its id, for two firms may have the same name. */
export function nameOfAccount({ id, name }: Account): string {
  return name === null ? `account ${id}` : `${name} (account ${id})`;
}

/** The firm and its host; the host alone where nobody knows the firm. */
export function accountAt(account: Account | null | undefined, origin: string): string {
  return account == null ? origin : `${nameOfAccount(account)}, ${origin}`;
}
