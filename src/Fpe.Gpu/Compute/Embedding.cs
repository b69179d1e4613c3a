using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

/// <content>
/// Embeddings read their tokens back: a token that is not a row would lose the device, so they are checked on the host, which also lists the
/// distinct ones.
/// </content>
internal sealed partial class GpuKernels
{
    private readonly Kernel<TokenArguments> embeddingForward = new(device, EmbeddingForward);
    private readonly Kernel<TokenArguments> embeddingBagForward = new(device, EmbeddingBagForward);
    private readonly Kernel<TokenGradientArguments> tokenGradient = new(device, TokenGradient);
    private readonly Kernel<TokenArguments> positionGradients = new(device, PositionGradients);

    public void EmbeddingForward(
        DeviceBuffer table, DeviceBuffer? positions, int dimension, Activations tokens, Activations y, int batch)
    {
        ReadTokens(tokens, table.Length / dimension, batch);
        embeddingForward.RunFor(y.Features * batch, Tokens(tokens, y, y, dimension, batch) with
        {
            Table = View(table),
            Positions = View(positions ?? table),
            HasPositions = positions is null ? 0 : 1,
        });
    }

    public void EmbeddingBagForward(DeviceBuffer table, int dimension, bool mean, Activations tokens, Activations y, int batch)
    {
        ReadTokens(tokens, table.Length / dimension, batch);
        embeddingBagForward.RunFor(y.Features * batch, Tokens(tokens, y, y, dimension, batch) with
        {
            Table = View(table),
            Positions = View(table),
            IsMean = mean ? 1 : 0,
        });
    }

    public void EmbeddingGradient(
        int dimension, Activations tokens, Activations dy, IndexBuffer slots, IndexBuffer rows, DeviceBuffer gradient,
        DeviceBuffer? positionGradient, int batch)
    {
        RunTokenGradient(dimension, tokens, dy, slots, rows, gradient, batch, placesOfGradient: tokens.Features, isMean: false);
        if (positionGradient is not null)
        {
            positionGradients.RunGroups(positionGradient.Length, Tokens(tokens, dy, dy, dimension, batch) with
            {
                Table = View(positionGradient),
                Positions = View(positionGradient),
            });
        }
    }

    public void EmbeddingBagGradient(
        int dimension, bool mean, Activations tokens, Activations dy, IndexBuffer slots, IndexBuffer rows, DeviceBuffer gradient, int batch) =>
        RunTokenGradient(dimension, tokens, dy, slots, rows, gradient, batch, placesOfGradient: 1, mean);

    private static void ReadTokens(Activations tokens, int vocabulary, int batch, out float[] numbers)
    {
        numbers = new float[batch * tokens.Features];
        tokens.Read(numbers, batch);
        KernelIndices.CheckTokens<float>(numbers, tokens.Features, vocabulary);
    }

    private static void ReadTokens(Activations tokens, int vocabulary, int batch) => ReadTokens(tokens, vocabulary, batch, out _);

    private void RunTokenGradient(
        int dimension, Activations tokens, Activations dy, IndexBuffer slots, IndexBuffer rows, DeviceBuffer gradient, int batch,
        int placesOfGradient, bool isMean)
    {
        ReadTokens(tokens, slots.Length, batch, out float[] numbers);
        var list = new TokenList(numbers, tokens.Features, placesOfGradient, isMean, Lanes(dy).Stride, rows.Length);
        rows.Write(list.Rows);
        using var starts = new GpuMemory<int>(device, list.Starts.Length, "a list of tokens");
        using var elements = new GpuMemory<int>(device, list.Elements.Length, "a list of tokens");
        using var shares = new GpuMemory<float>(device, list.Shares.Length, "a list of tokens");
        starts.Write(list.Starts);
        elements.Write(list.Elements);
        shares.Write(list.Shares);
        tokenGradient.RunFor(gradient.Length, new()
        {
            Starts = starts.View,
            Elements = elements.View,
            Shares = shares.View,
            Dy = View(dy),
            Gradient = View(gradient),
            Dimension = dimension,
            UnitStride = placesOfGradient * Lanes(dy).Stride,
            Count = gradient.Length,
        });
    }

    /// <summary>A thread for each value and sample.</summary>
    private static void EmbeddingForward(TokenArguments a)
    {
        int feature = DeviceThread.Number / a.Batch, s = DeviceThread.Number % a.Batch, unit = feature / a.Places, place = feature % a.Places;
        if (unit >= a.Units)
            return;
        float value = 0;
        if (!a.IsEmpty(place, s))
        {
            value = a.Table[((int)a.Tokens[(place * a.Stride) + s] * a.Units) + unit];
            if (a.HasPositions != 0)
                value += a.Positions[(place * a.Units) + unit];
        }

        a.Y[(feature * a.Stride) + s] = value;
    }

    /// <summary>A thread for each unit and sample.</summary>
    private static void EmbeddingBagForward(TokenArguments a)
    {
        int unit = DeviceThread.Number / a.Batch, s = DeviceThread.Number % a.Batch;
        if (unit >= a.Units)
            return;
        float sum = 0;
        for (int p = 0; p < a.Places; p++)
        {
            if (!a.IsEmpty(p, s))
                sum += a.Table[((int)a.Tokens[(p * a.Stride) + s] * a.Units) + unit];
        }

        a.Y[(unit * a.Stride) + s] = a.IsMean != 0 ? sum / a.Count(s) : sum;
    }

    /// <summary>A thread for each value of the listed rows, which adds what their tokens leave in the order of the tokens.</summary>
    private static void TokenGradient(TokenGradientArguments a)
    {
        if (DeviceThread.Number >= a.Count)
            return;
        int row = DeviceThread.Number / a.Dimension, unit = DeviceThread.Number % a.Dimension;
        float sum = 0;
        for (int t = a.Starts[row]; t < a.Starts[row + 1]; t++)
            sum += a.Dy[a.Elements[t] + (unit * a.UnitStride)] * a.Shares[t];
        a.Gradient[DeviceThread.Number] = sum;
    }

    /// <summary>A group for each place and unit; Table is the gradient by the positions.</summary>
    private static void PositionGradients(TokenArguments a)
    {
        int place = Grid.IdxX / a.Units, unit = Grid.IdxX % a.Units;
        float sum = 0;
        for (int s = Group.IdxX; s < a.Batch; s += Group.DimX)
            sum += a.IsEmpty(place, s) ? 0 : a.X[(((unit * a.Places) + place) * a.Stride) + s];
        sum = GroupSum.Of(sum);
        if (Group.IdxX == 0)
            a.Table[Grid.IdxX] = sum;
    }

    private struct TokenGradientArguments
    {
        public ArrayView<int> Starts, Elements;
        public ArrayView<float> Shares, Dy, Gradient;
        public int Dimension, UnitStride, Count;
    }
}
