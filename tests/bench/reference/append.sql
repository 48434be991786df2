-- The reference of accepting a message: what must happen at least, in one function, without rules, rights or events.
-- Lock the conversation and take its next number, insert the message, touch the ticket, insert what leaves.
create table conversation (id int primary key, last_seq int not null default 0, last_message_at timestamptz);
create table ticket (id int primary key references conversation, waiting_on text not null default 'agent', last_activity_at timestamptz, version int not null default 1);
create table message (
  id uuid primary key, conversation_id int not null references conversation, seq int not null, author_id uuid not null,
  client_id uuid not null, text text not null, created_at timestamptz not null,
  unique (conversation_id, seq), unique (author_id, client_id));
create table outbox (id bigint generated always as identity primary key, conversation_id int not null, message_id uuid not null);
create table webhook (id uuid primary key, body bytea not null, received_at timestamptz not null default now());
insert into conversation select n from generate_series(1, 1000) n;
insert into ticket select n from generate_series(1, 1000) n;
create function append(p_conversation int, p_text text) returns int language plpgsql as $$
declare
  taken int;
  new_id uuid := gen_random_uuid();
begin
  update conversation set last_seq = last_seq + 1, last_message_at = now() where id = p_conversation returning last_seq into taken;
  insert into message values (new_id, p_conversation, taken, new_id, gen_random_uuid(), p_text, now());
  update ticket set last_activity_at = now(), version = version + 1 where id = p_conversation;
  insert into outbox (conversation_id, message_id) values (p_conversation, new_id);
  return taken;
end $$;
analyze;
