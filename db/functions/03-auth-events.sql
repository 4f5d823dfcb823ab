-- Tables of the sign-in library write their events by trigger, whoever writes them.

create function note_session() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform append_event('people', 'person:' || new.user_id, 'signed-in', jsonb_build_object('session', new.id));
  else
    perform append_event('people', 'person:' || old.user_id, 'signed-out', jsonb_build_object('session', old.id));
  end if;
  return null;
end
$$;
create trigger session_noted after insert or delete on session for each row execute function note_session();

create function note_password() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform append_event('people', 'person:' || new.user_id, 'password-changed', '{}');
  return null;
end
$$;
create trigger password_noted after update of password on account for each row
  when (old.password is distinct from new.password) execute function note_password();

create function note_key() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform append_event('people', 'person:' || new.reference_id, 'key-made',
      jsonb_build_object('key', new.id, 'permissions', coalesce(new.permissions, '{}')::jsonb));
  elsif tg_op = 'DELETE' then
    if coalesce(old.enabled, true) then
      perform append_event('people', 'api', 'key-revoked', jsonb_build_object('key', old.id));
    end if;
  elsif coalesce(old.enabled, true) and not coalesce(new.enabled, true) then
    perform append_event('people', 'api', 'key-revoked', jsonb_build_object('key', new.id));
  elsif (new.permissions is distinct from old.permissions) or (coalesce(new.enabled, true) and not coalesce(old.enabled, true)) then
    perform append_event('people', 'api', 'key-made',
      jsonb_build_object('key', new.id, 'permissions', coalesce(new.permissions, '{}')::jsonb));
  end if;
  return null;
end
$$;
create trigger key_noted after insert or update or delete on apikey for each row execute function note_key();
