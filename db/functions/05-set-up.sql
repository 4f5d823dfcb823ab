-- The owner, once: by a one-time link or by the environment. Each works only while there is no active admin.

create function ensure_setup_link(p_id uuid, p_token_hash text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform lock_people();
  if an_admin() then return refuse('already_used'); end if;
  if not is_digest(p_token_hash) then return refuse('invalid_request'); end if;
  update invitation set revoked_at = clock_timestamp() where kind = 'setup' and accepted_at is null and revoked_at is null;
  insert into invitation (id, kind, role, token_hash, created_at)
  values (p_id, 'setup', 'admin', p_token_hash, clock_timestamp());
  return done();
end
$$;

create function make_owner(p_user uuid, p_actor text) returns void
language plpgsql as $$
begin
  if exists (select from member where user_id = p_user) then
    update member set role = 'admin', active = true, granted_at = clock_timestamp() where user_id = p_user;
    perform append_event('people', p_actor, 'role-set', jsonb_build_object('person', p_user, 'role', 'admin'));
  else
    perform join_team(p_user, 'admin', null, p_actor);
  end if;
end
$$;

create function claim_setup(p_token_hash text, p_user uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_link invitation;
begin
  perform lock_people();
  select * into v_link from invitation where token_hash = p_token_hash and kind = 'setup' for update;
  if not found then return refuse('not_found'); end if;
  if v_link.accepted_by = p_user then return done('{"role": "admin"}'); end if;
  if v_link.accepted_at is not null or an_admin() then return refuse('already_used'); end if;
  if v_link.revoked_at is not null then return refuse('expired'); end if;
  if not exists (select from "user" where id = p_user) then return refuse('not_found'); end if;
  update invitation set accepted_at = clock_timestamp(), accepted_by = p_user where id = v_link.id;
  perform make_owner(p_user, 'person:' || p_user);
  return done('{"role": "admin"}');
end
$$;

create function bootstrap_owner(p_user uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform lock_people();
  if an_admin() then return refuse('already_used'); end if;
  if not exists (select from "user" where id = p_user) then return refuse('not_found'); end if;
  perform make_owner(p_user, 'system');
  return done('{"role": "admin"}');
end
$$;
