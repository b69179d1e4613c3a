using Fpe.Compute;
using Fpe.Metrics;
using Fpe.Research.Reference;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

public sealed class BestWeightsTests : IDisposable
{
    private readonly PlannedModel model = new(Expansions.Plan("random"), seed: 1, new ReferenceDevice(ElementType.Float64));

    [Fact]
    public void The_loss_has_to_fall_by_more_than_the_minimum_change()
    {
        using var best = new BestWeights(new EarlyStopping(Patience: 1, MinimumChange: 0.25), model);
        Assert.Equal((null, double.PositiveInfinity), (best.Epoch, best.Value));
        (double Loss, int Best)[] epochs = [(1, 1), (0.75, 1), (0.5, 3), (double.NaN, 3), (double.NegativeInfinity, 3), (0.375, 3), (0.125, 7), (2, 7)];
        foreach ((int index, (double loss, int expected)) in epochs.Index())
        {
            best.Observe(index + 1, loss);
            Assert.Equal((expected, epochs[expected - 1].Loss), (best.Epoch!.Value, best.Value));
        }
    }

    [Fact]
    public void A_metric_may_have_to_rise()
    {
        using var best = new BestWeights(new EarlyStopping(Patience: 1, MinimumChange: 0.25) { Metric = Metric.F1 }, model);
        (double Value, int Best)[] epochs = [(0.25, 1), (0.5, 1), (0.625, 3), (double.NaN, 3), (double.PositiveInfinity, 3), (0.125, 3)];
        foreach ((int index, (double value, int expected)) in epochs.Index())
        {
            best.Observe(index + 1, value);
            Assert.Equal((expected, epochs[expected - 1].Value), (best.Epoch!.Value, best.Value));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_weights_of_the_best_epoch_come_back_and_those_of_the_last_are_kept_if_wanted(bool keepsReplaced)
    {
        using var best = new BestWeights(new EarlyStopping(Patience: 1), model);
        best.Observe(1, 0.5);
        double[] ofBest = Values();
        SetBias(7);
        best.Observe(2, 0.5);
        double[] ofLast = Values();

        best.Restore(keepsReplaced);

        Assert.NotEqual(ofLast, ofBest);
        Assert.Equal(ofBest, Values());
        Assert.Equal(keepsReplaced, best.Replaced is not null);
        if (keepsReplaced)
            Assert.Equal(ofLast, model.Parameters.Zip(best.Replaced!, Slots.Read).SelectMany(values => values));
    }

    [Fact]
    public void Without_a_best_epoch_the_model_stays_as_it_is()
    {
        using var best = new BestWeights(new EarlyStopping(Patience: 1), model);
        best.Observe(1, double.NaN);
        double[] before = Values();
        best.Restore(keepsReplaced: true);
        Assert.Equal(before, Values());
        Assert.Null(best.Replaced);
    }

    public void Dispose() => model.Dispose();

    private double[] Values() => [.. model.Parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Value))];

    private void SetBias(double value)
    {
        Parameter bias = model.Linears.First().Bias;
        Slots.Write(bias, [.. Enumerable.Repeat(value, bias.Count)]);
    }
}
