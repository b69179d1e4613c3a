using System.Numerics;

namespace Fpe.Compute.Plain;

/// <summary>Rows of a table at the places of tokens, with samples row by row. A negative token means that its place is empty.</summary>
internal static class PlainEmbedding<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="table">[vocabulary, dimension].</param>
    /// <param name="positions">[places, dimension]; empty if nothing is added.</param>
    /// <param name="dimension">Units of a token.</param>
    /// <param name="places">Tokens of a sample.</param>
    /// <param name="tokens">[batch, places].</param>
    /// <param name="y">[batch, dimension · places].</param>
    public static void Forward(
        ReadOnlySpan<T> table, ReadOnlySpan<T> positions, int dimension, int places, ReadOnlySpan<T> tokens, Span<T> y)
    {
        y.Clear();
        for (int t = 0; t < tokens.Length; t++)
        {
            for (int u = 0; u < dimension && tokens[t] >= T.Zero; u++)
            {
                T value = table[(int.CreateTruncating(tokens[t]) * dimension) + u];
                y[Element(t, u, dimension, places)] = positions.IsEmpty ? value : value + positions[(t % places * dimension) + u];
            }
        }
    }

    public static void BagForward(ReadOnlySpan<T> table, int dimension, bool mean, int places, ReadOnlySpan<T> tokens, Span<T> y)
    {
        y.Clear();
        for (int t = 0; t < tokens.Length; t++)
        {
            for (int u = 0; u < dimension && tokens[t] >= T.Zero; u++)
                y[(t / places * dimension) + u] += table[(int.CreateTruncating(tokens[t]) * dimension) + u];
        }

        for (int i = 0; i < y.Length && mean; i++)
            y[i] /= Count(tokens.Slice(i / dimension * places, places));
    }

    /// <param name="dimension">Units of a token.</param>
    /// <param name="places">Tokens of a sample.</param>
    /// <param name="tokens">[batch, places].</param>
    /// <param name="dy">[batch, dimension · places].</param>
    /// <param name="slots">One 0 for each row of the table.</param>
    /// <param name="rows">Receives the distinct tokens, then −1.</param>
    /// <param name="gradient">[length of rows, dimension].</param>
    /// <param name="positionGradient">[places, dimension]; empty if there are no positions.</param>
    public static void Gradient(
        int dimension, int places, ReadOnlySpan<T> tokens, ReadOnlySpan<T> dy, Span<int> slots, Span<int> rows, Span<T> gradient,
        Span<T> positionGradient)
    {
        gradient.Clear();
        positionGradient.Clear();
        List(tokens, slots, rows);
        for (int t = 0; t < tokens.Length; t++)
        {
            for (int u = 0; u < dimension && tokens[t] >= T.Zero; u++)
            {
                T slope = dy[Element(t, u, dimension, places)];
                gradient[(RowOf(tokens[t], slots) * dimension) + u] += slope;
                if (!positionGradient.IsEmpty)
                    positionGradient[(t % places * dimension) + u] += slope;
            }
        }

        Forget(rows, slots);
    }

    public static void BagGradient(
        int dimension, bool mean, int places, ReadOnlySpan<T> tokens, ReadOnlySpan<T> dy, Span<int> slots, Span<int> rows,
        Span<T> gradient)
    {
        gradient.Clear();
        List(tokens, slots, rows);
        for (int t = 0; t < tokens.Length; t++)
        {
            int s = t / places;
            T share = mean ? Count(tokens.Slice(s * places, places)) : T.One;
            for (int u = 0; u < dimension && tokens[t] >= T.Zero; u++)
                gradient[(RowOf(tokens[t], slots) * dimension) + u] += dy[(s * dimension) + u] / share;
        }

        Forget(rows, slots);
    }

    /// <summary>Lists the distinct tokens in the order of their first appearance, and notes for each 1 + its place in the list.</summary>
    private static void List(ReadOnlySpan<T> tokens, Span<int> slots, Span<int> rows)
    {
        int count = 0;
        rows.Fill(-1);
        foreach (T token in tokens)
        {
            if (token < T.Zero || slots[int.CreateTruncating(token)] != 0)
                continue;
            rows[count++] = int.CreateTruncating(token);
            slots[int.CreateTruncating(token)] = count;
        }
    }

    private static int RowOf(T token, ReadOnlySpan<int> slots) => slots[int.CreateTruncating(token)] - 1;

    private static void Forget(ReadOnlySpan<int> rows, Span<int> slots)
    {
        foreach (int row in rows)
        {
            if (row >= 0)
                slots[row] = 0;
        }
    }

    /// <summary>Returns the number of tokens of a sample, or 1 if there are none.</summary>
    private static T Count(ReadOnlySpan<T> tokens)
    {
        int count = 0;
        foreach (T token in tokens)
            count += token < T.Zero ? 0 : 1;
        return T.CreateChecked(Math.Max(count, 1));
    }

    /// <summary>Returns the index of unit u of token t in the sequences of all samples.</summary>
    private static int Element(int t, int u, int dimension, int places) => (((t / places * dimension) + u) * places) + (t % places);
}
