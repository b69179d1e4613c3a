using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

/// <content>Heads of samples are a batch of matrices: [batch, heads, …].</content>
internal sealed partial class TorchKernels
{
    public void AttentionForward(
        AttentionShape shape, Activations qkv, Activations? tokens, Activations probabilities, Activations y, int batch)
    {
        if (batch == 0)
            return;
        Run(() =>
        {
            using Scalar scale = 1 / Math.Sqrt(shape.HeadUnits), never = double.NegativeInfinity;
            Tensor parts = PartsOf(shape, qkv, batch);
            Tensor queries = parts.select(0, 0), keys = parts.select(0, 1), values = parts.select(0, 2);
            Tensor scores = queries.transpose(-2, -1).matmul(keys).mul_(scale);
            if (tokens is not null)
                scores.masked_fill_(IsEmpty(tokens, batch).view(batch, 1, 1, shape.Places), never);
            Tensor weights = scores.softmax(-1);
            if (tokens is not null)
                weights.masked_fill_(IsEmpty(tokens, batch).all(1).view(batch, 1, 1, 1), Zero);
            WeightsOf(shape, probabilities, batch).copy_(weights);
            HeadsOf(shape, y, batch).copy_(values.matmul(weights.transpose(-2, -1)));
        });
    }

    public void AttentionInputGradient(
        AttentionShape shape, Activations qkv, Activations probabilities, Activations dy, Activations dqkv, int batch)
    {
        if (batch == 0)
            return;
        Run(() =>
        {
            using Scalar scale = 1 / Math.Sqrt(shape.HeadUnits);
            Tensor parts = PartsOf(shape, qkv, batch), gradients = PartsOf(shape, dqkv, batch);
            Tensor weights = WeightsOf(shape, probabilities, batch), outputs = HeadsOf(shape, dy, batch);
            Tensor slopes = outputs.transpose(-2, -1).matmul(parts.select(0, 2));
            Tensor sums = weights.mul(slopes).sum(-1, keepdim: true);
            slopes = slopes.sub_(sums).mul_(weights).mul_(scale);
            gradients.select(0, 0).copy_(parts.select(0, 1).matmul(slopes.transpose(-2, -1)));
            gradients.select(0, 1).copy_(parts.select(0, 0).matmul(slopes));
            gradients.select(0, 2).copy_(outputs.matmul(weights));
        });
    }

    /// <summary>Queries, keys and values: [3, batch, heads, units of a head, places].</summary>
    private static Tensor PartsOf(AttentionShape shape, Activations qkv, int batch) =>
        Batch(qkv, batch).view(3, shape.Heads, shape.HeadUnits, shape.Places, batch).permute(0, 4, 1, 2, 3);

    /// <summary>Sequences: [batch, heads, units of a head, places].</summary>
    private static Tensor HeadsOf(AttentionShape shape, Activations sequences, int batch) =>
        Batch(sequences, batch).view(shape.Heads, shape.HeadUnits, shape.Places, batch).permute(3, 0, 1, 2);

    /// <summary>Probabilities: [batch, heads, queries, keys].</summary>
    private static Tensor WeightsOf(AttentionShape shape, Activations probabilities, int batch) =>
        Batch(probabilities, batch).view(shape.Heads, shape.Places, shape.Places, batch).permute(3, 0, 1, 2);
}
