using Fpe.Compute;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

public class BatchTotalsTests
{
    /// <summary>In single precision, 2²⁴ + 1 is 2²⁴.</summary>
    [Fact]
    public void More_correct_answers_than_single_precision_can_count_are_counted()
    {
        const int Many = 1 << 24;
        using var totals = new BatchTotals(Device.Default, new SoftmaxCrossEntropyLoss(), batches: 3);
        totals.Reset();
        totals.Add(0, batchLoss: 0.5, correctAnswers: Many);
        totals.Add(1, batchLoss: 0.5, correctAnswers: 1);
        Assert.Equal(Many + 1, totals.ReadCorrect());

        using var resumed = new BatchTotals(Device.Default, new SoftmaxCrossEntropyLoss(), batches: 3);
        resumed.Resume([0.5, 0.5], totals.ReadCorrect());
        resumed.Add(2, batchLoss: 0.5, correctAnswers: 2);
        Assert.Equal(Many + 3, resumed.ReadCorrect());

        resumed.Reset();
        Assert.Equal(0, resumed.ReadCorrect());
    }
}
