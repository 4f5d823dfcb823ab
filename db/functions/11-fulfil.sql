-- A person confirms one value of the current subject. Bound to key and value digest: an edit that leaves the value alone
-- leaves this standing, any other makes it worth nothing.
create function fulfil(p_token text, p_review uuid, p_key text, p_value_digest text, p_evidence jsonb) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_review review;
  v_lock record;
  v_refusal jsonb;
  v_requirement requirement;
begin
  select * into v_actor from find_person(p_token, 'operator');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  select l.review, l.refusal into v_lock from lock_open_review(p_review) l;
  v_review := v_lock.review;
  v_refusal := v_lock.refusal;
  if v_refusal is not null then return v_refusal; end if;
  select * into v_requirement from requirement where subject_digest = v_review.subject_digest and key = p_key;
  if not found then return refuse('not_a_requirement'); end if;
  if v_requirement.value_digest is distinct from p_value_digest then
    return refuse('stale_subject', jsonb_build_object('subjectDigest', v_review.subject_digest));
  end if;
  if v_requirement.kind = 'run-through' then return refuse('needs_run_through'); end if;
  if v_requirement.kind <> 'confirm' then return refuse('not_a_requirement'); end if;
  perform meet(v_review.run_id, p_key, p_value_digest, v_actor.person, null, p_evidence);
  return done(jsonb_build_object('key', p_key, 'fulfilled', true));
end
$$;

create function meet(p_run uuid, p_key text, p_value_digest text, p_person uuid, p_run_through uuid, p_evidence jsonb)
returns void
language plpgsql as $$
begin
  insert into fulfilment (run_id, key, value_digest, person, at, run_through_id, evidence)
  values (p_run, p_key, p_value_digest, p_person, clock_timestamp(), p_run_through, nullif(p_evidence, 'null'))
  on conflict do nothing;
  if found then
    perform append_event('run:' || p_run, 'person:' || p_person, 'requirement-met',
      jsonb_build_object('key', coalesce(safe_name(p_key), sha256_hex(p_key)), 'valueDigest', p_value_digest, 'runThroughId', p_run_through));
    perform tell(p_run);
  end if;
end
$$;

-- What of a subject nobody has met yet: one anti-join, and no track's rule.
create function missing_requirements(p_run uuid, p_digest text) returns setof requirement
language sql stable as $$
  select q.* from requirement q
   where q.subject_digest = p_digest
     and not exists (select from fulfilment f
                      where f.run_id = p_run and f.key = q.key and f.value_digest = q.value_digest)
   order by q.ordinal
$$;

create function missing_list(p_run uuid, p_digest text) returns jsonb
language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('key', m.key, 'label', m.label) order by m.ordinal), '[]')
    from missing_requirements(p_run, p_digest) m
$$;
