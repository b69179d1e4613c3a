using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

/// <content>
/// Embeddings are the kernels that read a tensor back: libtorch must get no token that is not a row, because that ends the process on a
/// GPU, and the distinct tokens are listed on the host.
/// </content>
internal sealed partial class TorchKernels
{
    public void EmbeddingForward(
        DeviceBuffer table, DeviceBuffer? positions, int dimension, Activations tokens, Activations y, int batch)
    {
        float[] numbers = ReadTokens(tokens, table.Length / dimension, batch);
        if (batch == 0)
            return;
        Run(() =>
        {
            Tensor rows = RowsOf(table, dimension, numbers, tokens.Features, batch);
            if (positions is not null)
                rows = rows.add_(Values(positions).view(1, tokens.Features, dimension), One);
            rows = rows.masked_fill_(IsEmpty(tokens, batch).unsqueeze(2), Zero);
            Channels(y, tokens.Features, batch).copy_(rows.permute(2, 1, 0));
        });
    }

    public void EmbeddingBagForward(DeviceBuffer table, int dimension, bool mean, Activations tokens, Activations y, int batch)
    {
        float[] numbers = ReadTokens(tokens, table.Length / dimension, batch);
        if (batch == 0)
            return;
        Run(() =>
        {
            Tensor rows = RowsOf(table, dimension, numbers, tokens.Features, batch);
            Tensor sums = rows.masked_fill_(IsEmpty(tokens, batch).unsqueeze(2), Zero).sum(1).t();
            Batch(y, batch).copy_(mean ? sums.div_(CountTokens(tokens, batch)) : sums);
        });
    }

    public void EmbeddingGradient(
        int dimension, Activations tokens, Activations dy, IndexBuffer slots, IndexBuffer rows, DeviceBuffer gradient,
        DeviceBuffer? positionGradient, int batch)
    {
        (long[] places, long[] targets) = ListTokens(tokens, slots, rows, batch);
        Run(() =>
        {
            Values(gradient).zero_();
            if (positionGradient is not null)
                Values(positionGradient).zero_();
            if (places.Length == 0)
                return;
            Tensor slopes = Channels(dy, tokens.Features, batch).permute(2, 1, 0);
            AddRows(gradient, dimension, slopes.reshape(-1, dimension), places, targets);
            if (positionGradient is not null)
            {
                Tensor present = slopes.masked_fill(IsEmpty(tokens, batch).unsqueeze(2), Zero);
                Values(positionGradient).view(tokens.Features, dimension).copy_(present.sum([0]));
            }
        });
    }

    public void EmbeddingBagGradient(
        int dimension, bool mean, Activations tokens, Activations dy, IndexBuffer slots, IndexBuffer rows, DeviceBuffer gradient, int batch)
    {
        (long[] places, long[] targets) = ListTokens(tokens, slots, rows, batch);
        Run(() =>
        {
            Values(gradient).zero_();
            if (places.Length == 0)
                return;
            Tensor slopes = mean ? Batch(dy, batch).div(CountTokens(tokens, batch)) : Batch(dy, batch);
            long[] samples = Array.ConvertAll(places, place => place / tokens.Features);
            AddRows(gradient, dimension, slopes.t(), samples, targets);
        });
    }

    /// <summary>The tokens of a batch, sample by sample.</summary>
    private static float[] ReadTokens(Activations tokens, int vocabulary, int batch)
    {
        var numbers = new float[batch * tokens.Features];
        tokens.Read(numbers, batch);
        KernelIndices.CheckTokens<float>(numbers, tokens.Features, vocabulary);
        return numbers;
    }

    /// <summary>The rows of all places: [batch, places, dimension]; any row where a place is empty.</summary>
    private Tensor RowsOf(DeviceBuffer table, int dimension, float[] tokens, int places, int batch)
    {
        Tensor numbers = tensor(Array.ConvertAll(tokens, token => (long)Math.Max(token, 0)), int64, device.Place);
        return Values(table).view(-1, dimension).index_select(0, numbers).view(batch, places, dimension);
    }

    /// <summary>Which places are empty: [batch, places].</summary>
    private static Tensor IsEmpty(Activations tokens, int batch) => Batch(tokens, batch).t().lt(Zero);

    /// <summary>The number of tokens of each sample, or 1 if there are none: [batch].</summary>
    private static Tensor CountTokens(Activations tokens, int batch)
    {
        Tensor values = Batch(tokens, batch);
        return values.lt(Zero).logical_not_().sum([0], type: values.dtype).clamp_min_(One);
    }

    /// <summary>
    /// Lists the distinct tokens in <paramref name="rows"/>, and returns the places that are not empty, counted over all samples, with the
    /// place of each token in the list.
    /// </summary>
    private static (long[] Places, long[] Targets) ListTokens(Activations tokens, IndexBuffer slots, IndexBuffer rows, int batch)
    {
        float[] numbers = ReadTokens(tokens, slots.Length, batch);
        Span<int> placeOf = Indices(slots).Host;
        var distinct = new int[rows.Length];
        Array.Fill(distinct, -1);
        List<long> places = [], targets = [];
        int count = 0;
        for (int p = 0; p < numbers.Length; p++)
        {
            if (numbers[p] < 0)
                continue;
            int token = (int)numbers[p];
            if (placeOf[token] == 0)
            {
                distinct[count++] = token;
                placeOf[token] = count;
            }

            places.Add(p);
            targets.Add(placeOf[token] - 1);
        }

        foreach (int token in distinct.AsSpan(0, count))
            placeOf[token] = 0;
        rows.Write(distinct);
        return ([.. places], [.. targets]);
    }

    /// <summary>gradient[targets[i]] += slopes[sources[i]].</summary>
    private void AddRows(DeviceBuffer gradient, int dimension, Tensor slopes, long[] sources, long[] targets)
    {
        Tensor added = slopes.index_select(0, tensor(sources, int64, device.Place));
        Values(gradient).view(-1, dimension).index_add_(0, tensor(targets, int64, device.Place), added, One);
    }
}
