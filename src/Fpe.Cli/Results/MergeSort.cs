namespace Fpe.Cli.Results;

/// <summary>Sorts on several threads. What is in order already, such as the lines of one worker, is only merged.</summary>
internal static class MergeSort
{
    /// <summary>Shorter stretches that are in order are not worth a merge of their own.</summary>
    private const int ShortestStretch = 1 << 12;

    /// <summary>Sorts an array.</summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="items">The items; they are in any order afterwards.</param>
    /// <param name="order">The order; no two items are equal, so that the result does not depend on the number of threads.</param>
    /// <param name="threads">The number of threads at most.</param>
    /// <returns>The sorted items: the same array, or a new one.</returns>
    public static T[] Sort<T>(T[] items, IComparer<T> order, int threads)
    {
        (int Start, int End)[] stretches = [.. StretchesOf(items, order)];
        Simultaneously.For(stretches.Length, threads, index =>
        {
            (int start, int end) = stretches[index];
            if (end - start <= ShortestStretch)
                items.AsSpan(start, end - start).Sort(order);
        });

        T[] target = stretches.Length > 1 ? new T[items.Length] : items;
        while (stretches.Length > 1)
        {
            (T[] source, T[] merged) = (items, target);
            (int Start, int End)[][] pairs = [.. stretches.Chunk(2)];
            Simultaneously.For(pairs.Length, threads, index => Merge(source, merged, pairs[index][0], pairs[index][^1], order));
            stretches = [.. pairs.Select(pair => (pair[0].Start, pair[^1].End))];
            (items, target) = (target, items);
        }

        return items;
    }

    // Those that are longer than the shortest are in order.
    private static IEnumerable<(int Start, int End)> StretchesOf<T>(T[] items, IComparer<T> order)
    {
        for (int start = 0, end; start < items.Length; start = end)
        {
            end = start + 1;
            while (end < items.Length && order.Compare(items[end - 1], items[end]) <= 0)
                end++;
            if (end - start < ShortestStretch)
                end = Math.Min(start + ShortestStretch, items.Length);
            yield return (start, end);
        }
    }

    // The second is the first if there is only one.
    private static void Merge<T>(T[] source, T[] target, (int Start, int End) first, (int Start, int End) second, IComparer<T> order)
    {
        int left = first.Start, right = Math.Max(second.Start, first.End), next = first.Start;
        while (left < first.End && right < second.End)
            target[next++] = order.Compare(source[left], source[right]) <= 0 ? source[left++] : source[right++];
        // Only one of them has items left.
        source.AsSpan(left, first.End - left).CopyTo(target.AsSpan(next));
        source.AsSpan(right, Math.Max(0, second.End - right)).CopyTo(target.AsSpan(next));
    }
}
