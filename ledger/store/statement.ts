// A statement that is ready to be sent: under a name it is planned once per connection.

export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}
