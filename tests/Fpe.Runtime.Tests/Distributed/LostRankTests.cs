using Fpe.Compute;
using Fpe.Compute.Cpu;
using Fpe.Data;
using Fpe.Distributed;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Distributed;

public class LostRankTests
{
    private const float Received = 7;

    /// <summary>
    /// A rank that is lost while weights are exchanged leaves a model whose weights are old or new ones, and whose holes are 0, although the last
    /// weights of a segment are in its holes meanwhile.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weights_stay_whole(bool isReceived)
    {
        LinearPlan[] layers = [new("Hidden", 200, 128, ActivationFunction.Relu) { Expansion = new ExpansionPlan(4, Share: 32) }, new("Logits", 128, 3)];
        using var model = new PlannedModel(new ModelPlan("Lost", 200, layers), seed: 1, new CpuDevice(1));
        model.Expand();
        Parameter weight = model.Parameters.First();
        Assert.True(weight.Count < weight.Value.Length && GradientExchange.IsLong(weight));
        bool[] isEdge = weight.Edges!.FindEdges();
        float[] before = Read(weight);

        var random = new RandomStream(1, RandomPurpose.Synthesis);
        float[] samples = [.. Enumerable.Range(0, 8 * 200).Select(_ => random.NextSingle())];
        Dataset data = Dataset.OfClasses("random", 200, samples, [0, 1, 2, 0, 1, 2, 0, 1], 3);
        var options = new TrainingOptions { BatchSize = 8, Optimizer = new Adam(1e-3), DataParallel = new DataParallel(new LosingGroup(weight.Value, isReceived)) { Chunks = 2 } };
        using var run = new TrainingRun(model, data, options);
        Assert.Throws<RankLostException>(() => run.Step(0));

        float[] after = Read(weight);
        int own = Segments.Of(after.Length, 2)[0].Count, received = 0;
        for (int i = 0; i < after.Length; i++)
        {
            if (!isEdge[i])
                Assert.Equal(0, after[i]);
            else if (i < own)
                Assert.InRange(after[i] - before[i], -2e-3f, 2e-3f);
            else if (after[i] == Received)
                received++;
            else
                Assert.Equal(before[i], after[i]);
        }

        Assert.NotEqual(before[..own], after[..own]);
        Assert.Equal(isReceived, received > 0);
    }

    private static float[] Read(Parameter parameter)
    {
        var values = new float[parameter.Value.Length];
        parameter.Value.Read(values);
        return values;
    }

    /// <summary>Rank 0 of two. The other one sends nothing, and is lost once it should send its segment of some weights.</summary>
    private sealed class LosingGroup(DeviceBuffer weights, bool isReceived) : ProcessGroup
    {
        public override string Name => "two ranks, one of them lost";

        public override int Rank => 0;

        public override int Size => 2;

        public override bool Reaches(DeviceBuffer buffer) => true;

        public override Transfer Prepare(IReadOnlyList<TransferPart> sends, IReadOnlyList<TransferPart> receives)
        {
            TransferPart? lost = receives.Where(part => ReferenceEquals(part.Buffer, weights)).Select(part => (TransferPart?)part).SingleOrDefault();
            return new LosingTransfer(this, sends, lost, isReceived);
        }

        public override byte[][] AllGather(ReadOnlySpan<byte> own) => [own.ToArray(), own.ToArray()];
    }

    private sealed class LosingTransfer(ProcessGroup group, IReadOnlyList<TransferPart> sends, TransferPart? lost, bool isReceived) : Transfer(group, sends)
    {
        public override bool TryComplete()
        {
            Complete();
            return true;
        }

        public override void Complete()
        {
            if (lost is not { } part)
                return;
            if (isReceived)
                part.Buffer.Write([.. Enumerable.Repeat(Received, part.Count)], part.Offset);
            throw new RankLostException(0, 2, "rank 1 has ended");
        }

        protected override void StartTransfer()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
