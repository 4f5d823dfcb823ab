import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { mayAct, type Role } from '../../workflows/domain/roles.js';
import type { Me } from '../../api/contract/index.js';
import { ask } from './api.js';

/** Who is signed in and what this server offers. Loaded before any page of the house. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => ask('get /api/me', { signal }),
  staleTime: 60_000,
});

/** The person signed in; only below the signed-in part of the router, which has loaded it. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Whether the person signed in holds at least this role. */
export function useMay(role: Role): boolean {
  return mayAct(useMe().role, role);
}

export const inboxQuery = (filter: { track?: string | undefined; assignee?: string | undefined }) =>
  queryOptions({
    queryKey: ['inbox', filter],
    queryFn: ({ signal }) => ask('get /api/inbox', { query: { state: 'open', ...filter }, signal }),
  });

export const reviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['review', id],
    queryFn: ({ signal }) => ask('get /api/reviews/{id}', { params: { id }, signal }),
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['run', id],
    queryFn: ({ signal }) => ask('get /api/runs/{id}', { params: { id }, signal }),
  });

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) => ask('get /api/members', { signal }),
  staleTime: 60_000,
});

export const checklistQuery = queryOptions({
  queryKey: ['checklist'],
  queryFn: ({ signal }) => ask('get /api/checklist', { signal }),
});

/** Everybody who can be asked: members that are active. */
export function useActiveMembers() {
  const { data } = useQuery(membersQuery);
  return data?.members.filter((member) => member.active) ?? [];
}

/** The team's format for SOPs, and who made its versions. */
export const sopTemplateQuery = queryOptions({
  queryKey: ['sop-template'],
  queryFn: ({ signal }) => ask('get /api/sop-template', { signal }),
});
