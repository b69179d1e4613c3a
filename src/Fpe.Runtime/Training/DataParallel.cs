using System.Numerics;
using Fpe.Distributed;

namespace Fpe.Training;

/// <summary>
/// Trains one model on several ranks, each of which computes a part of every batch (data parallelism). Every batch is divided into a fixed
/// number of chunks, and gradients and losses are summed over them in a fixed tree, so that the result is the same bit for bit for
/// any number of ranks.
/// </summary>
/// <param name="Group">
/// The ranks, which all call <see cref="Trainer.Fit(Model, Data.Dataset, Data.Dataset?, CancellationToken)"/> with the same model, options and data;
/// <see cref="ProcessGroup.Single"/> computes the same bits in one process. Only rank 0 has observers and writes checkpoints.
/// </param>
/// <remarks>
/// Each rank reads only its own samples of the training data. A rank sends the gradients of existing edges only, so a network with α times
/// as many neurons sends as much as its dense parent. The gradients of a layer are sent while those of the layers before it are computed. Of a
/// table of tokens, it sends the rows that its samples read. With <see cref="TrainingOptions.BatchesPerStep"/>, gradients are sent once a step.
/// <para>
/// A <see cref="BatchNorm"/> normalises over each chunk of a batch (Hoffer et al., "Train longer, generalize better", NeurIPS 2017: ghost batch
/// normalisation), as PyTorch's DistributedDataParallel does over the samples of each replica. Its running statistics after a step are the mean,
/// weighted by samples, of what the chunks make of those before it: momentum counts once for each batch. If it normalises vectors, no chunk has a
/// single sample: small batches fill fewer chunks.
/// </para>
/// </remarks>
/// <exception cref="ArgumentNullException">The group is null.</exception>
public sealed record DataParallel(ProcessGroup Group)
{
    private const int MaximumChunks = 1024;

    /// <summary>Gets the ranks; one training run at a time uses them.</summary>
    /// <exception cref="ArgumentNullException">The group is null.</exception>
    public ProcessGroup Group
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = Group ?? throw new ArgumentNullException(nameof(Group));

    /// <summary>
    /// Gets the number of chunks of a batch: a power of two, at least the number of ranks and at most 1,024. The last bits of a result depend
    /// on it, and with <see cref="BatchNorm"/> the statistics too; the number of ranks changes nothing. Ranks have equal work if it is a
    /// multiple of their number; the fewer chunks, the faster.
    /// </summary>
    public int Chunks { get; init; } = 8;

    internal void Validate(TrainingOptions options, Model model)
    {
        TrainingOptionsException.Require(Chunks is >= 1 and <= MaximumChunks && BitOperations.IsPow2(Chunks), nameof(Chunks), Chunks, $"a power of two from 1 to {MaximumChunks}");
        if (Group.Size > Chunks)
            throw new TrainingOptionsException(nameof(Chunks), $"{Chunks} chunks are too few for {Group.Size} ranks; use {BitOperations.RoundUpToPowerOf2((uint)Group.Size)}, or fewer ranks.");
        if (options.BatchSize < Chunks)
            throw new TrainingOptionsException(nameof(options.BatchSize), $"{options.BatchSize} is less than the {Chunks} chunks of a batch; use at least {Chunks}, or fewer chunks.");
        if (!options.Loss.TakesWeights)
            throw new TrainingOptionsException(nameof(options.Loss), $"{options.Loss.Name} takes no weights, by which the mean over a batch is computed from its chunks; use another loss, or override {nameof(Loss.TakesWeights)}.");
        if (!model.Parameters.All(parameter => Group.Reaches(parameter.Value)))
            throw new TrainingOptionsException(nameof(options.DataParallel), $"{Group.Name} does not reach the memory of device '{model.Device.Name}'; train on the CPU.");
    }
}
