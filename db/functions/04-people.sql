-- Members and their roles. `member` is written here alone. Whatever could leave no admin takes the people lock first.

create function lock_people() returns void
language sql as $$
  select pg_advisory_xact_lock(hashtext('countersign.people'))
$$;

create function other_admins(p_user uuid) returns boolean
language sql stable as $$
  select exists (select from member where role = 'admin' and active and user_id <> p_user)
$$;

create function an_admin() returns boolean
language sql stable as $$
  select exists (select from member where role = 'admin' and active)
$$;

create function set_role(p_token text, p_user uuid, p_role text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_member member;
begin
  perform lock_people();
  select * into v_actor from find_person(p_token, 'admin');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  if role_rank(p_role) is null then return refuse('invalid_request'); end if;
  select * into v_member from member where user_id = p_user for update;
  if not found then return refuse('not_found'); end if;
  if v_member.role = p_role then return done(jsonb_build_object('role', p_role)); end if;
  if v_member.role = 'admin' and v_member.active and not other_admins(p_user) then return refuse('last_admin'); end if;
  update member set role = p_role, granted_by = v_actor.person, granted_at = clock_timestamp() where user_id = p_user;
  perform append_event('people', 'person:' || v_actor.person, 'role-set',
    jsonb_build_object('person', p_user, 'role', p_role, 'was', v_member.role));
  return done(jsonb_build_object('role', p_role));
end
$$;

create function set_active(p_token text, p_user uuid, p_active boolean) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_member member;
begin
  perform lock_people();
  select * into v_actor from find_person(p_token, 'admin');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  if p_active is null then return refuse('invalid_request'); end if;
  select * into v_member from member where user_id = p_user for update;
  if not found then return refuse('not_found'); end if;
  if v_member.active = p_active then return done(jsonb_build_object('active', p_active)); end if;
  if not p_active and v_member.role = 'admin' and not other_admins(p_user) then return refuse('last_admin'); end if;
  update member set active = p_active where user_id = p_user;
  if not p_active then delete from session where user_id = p_user; end if;
  perform append_event('people', 'person:' || v_actor.person,
    case when p_active then 'member-reactivated' else 'member-deactivated' end, jsonb_build_object('person', p_user));
  return done(jsonb_build_object('active', p_active));
end
$$;

create function set_deputy(p_token text, p_deputy uuid, p_until timestamptz) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
begin
  perform lock_people();
  select * into v_actor from find_person(p_token, 'viewer');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  if p_deputy = v_actor.person or (p_deputy is not null and p_until is null)
     or p_until < clock_timestamp() then return refuse('invalid_request'); end if;
  if p_deputy is not null and not exists (select from member where user_id = p_deputy and active) then
    return refuse('not_found');
  end if;
  update member set deputy_id = p_deputy, away_until = case when p_deputy is not null then p_until end
   where user_id = v_actor.person;
  perform append_event('people', 'person:' || v_actor.person, 'deputy-set',
    jsonb_build_object('deputy', p_deputy, 'until', case when p_deputy is not null then time_text(p_until) end));
  return done();
end
$$;

create function make_invitation(p_token text, p_id uuid, p_email text, p_role text, p_token_hash text, p_expires timestamptz)
returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
begin
  select * into v_actor from find_person(p_token, 'admin');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  if role_rank(p_role) is null or not is_digest(p_token_hash) or no_words(p_email)
     or coalesce(p_expires <= clock_timestamp(), true) then return refuse('invalid_request'); end if;
  if exists (select from member m join "user" u on u.id = m.user_id where lower(u.email) = lower(p_email)) then
    return refuse('already_used');
  end if;
  insert into invitation (id, kind, email, role, token_hash, invited_by, created_at, expires_at)
  values (p_id, 'invitation', lower(p_email), p_role, p_token_hash, v_actor.person, clock_timestamp(), p_expires);
  perform append_event('people', 'person:' || v_actor.person, 'invitation-made',
    jsonb_build_object('invitation', p_id, 'role', p_role));
  return done(jsonb_build_object('id', p_id));
end
$$;

create function revoke_invitation(p_token text, p_id uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_invitation invitation;
begin
  select * into v_actor from find_person(p_token, 'admin');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  select * into v_invitation from invitation where id = p_id and kind = 'invitation' for update;
  if not found then return refuse('not_found'); end if;
  if v_invitation.accepted_at is not null then return refuse('already_used'); end if;
  if v_invitation.revoked_at is null then
    update invitation set revoked_at = clock_timestamp() where id = p_id;
    perform append_event('people', 'person:' || v_actor.person, 'invitation-revoked', jsonb_build_object('invitation', p_id));
  end if;
  return done();
end
$$;

create function join_team(p_user uuid, p_role text, p_by uuid, p_actor text) returns void
language plpgsql as $$
begin
  insert into member (user_id, role, active, granted_by, granted_at) values (p_user, p_role, true, p_by, clock_timestamp());
  perform append_event('people', p_actor, 'member-joined', jsonb_build_object('person', p_user, 'role', p_role));
end
$$;

-- Repeatable by the same person, so that a set-up cut off half-way can be finished. Never brings back a member who was
-- deactivated, and never for another e-mail address than the one invited.
create function accept_invitation(p_token_hash text, p_user uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_invitation invitation;
  v_email text;
begin
  perform lock_people();
  select * into v_invitation from invitation where token_hash = p_token_hash and kind = 'invitation' for update;
  if not found then return refuse('not_found'); end if;
  if v_invitation.accepted_by = p_user then return done(jsonb_build_object('role', v_invitation.role)); end if;
  if v_invitation.accepted_at is not null then return refuse('already_used'); end if;
  if v_invitation.revoked_at is not null or v_invitation.expires_at < clock_timestamp() then return refuse('expired'); end if;
  select lower(email) into v_email from "user" where id = p_user;
  if v_email is distinct from v_invitation.email then return refuse('not_permitted'); end if;
  if exists (select from member where user_id = p_user) then return refuse('already_used'); end if;
  update invitation set accepted_at = clock_timestamp(), accepted_by = p_user where id = v_invitation.id;
  perform append_event('people', 'person:' || p_user, 'invitation-accepted', jsonb_build_object('invitation', v_invitation.id));
  perform join_team(p_user, v_invitation.role, v_invitation.invited_by, 'person:' || p_user);
  return done(jsonb_build_object('role', v_invitation.role));
end
$$;
