/** A firm's account with the platform: what a sign-in opens. */
export interface Account {
  readonly id: string;
  readonly name: string | null;
}
