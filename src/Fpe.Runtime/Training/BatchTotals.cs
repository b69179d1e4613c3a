using System.Runtime.InteropServices;
using Fpe.Compute;
using Fpe.Data;
using Fpe.Distributed;

namespace Fpe.Training;

/// <summary>
/// The loss of each batch and its number of correct answers, accumulated on the device and read once. Counts of batches are added on the host,
/// since single precision has no odd numbers above 2²⁴.
/// </summary>
internal sealed class BatchTotals : IDisposable
{
    private readonly IKernels kernels;
    private readonly Loss loss;
    private readonly DeviceBuffer losses;
    private readonly DeviceBuffer correct;
    private readonly double[] lossValues;
    private readonly double[] correctValues;
    private double correctBefore;

    public BatchTotals(Device device, Loss loss, int batches)
    {
        kernels = device.Kernels;
        this.loss = loss;
        losses = device.Allocate(batches);
        correct = device.Allocate(batches);
        (lossValues, correctValues) = (new double[batches], new double[batches]);
    }

    /// <summary>The number of batches.</summary>
    public int Count => lossValues.Length;

    /// <summary>The mean loss of each batch, as of the last <see cref="Read"/>.</summary>
    public ReadOnlySpan<double> Losses => lossValues;

    /// <summary>Discards all batches so far.</summary>
    public void Reset()
    {
        kernels.Fill(correct, 0);
        correctBefore = 0;
    }

    /// <summary>Computes the loss of a part of a batch, its gradient by the outputs, and the number of correct answers, without adding them.</summary>
    /// <param name="outputs">The outputs of the part.</param>
    /// <param name="batch">The part; its total weight is that of the whole batch.</param>
    /// <param name="gradient">Receives the gradient.</param>
    /// <param name="values">Receives loss and correct answers; the latter are added.</param>
    /// <param name="lossAt">The element of the loss.</param>
    /// <param name="correctAt">The element of the number of correct answers.</param>
    public void Compute(Activations outputs, Batch batch, Activations gradient, DeviceBuffer values, int lossAt, int correctAt)
    {
        loss.Compute(kernels, outputs, batch, gradient, values, lossAt);
        loss.CountCorrect(kernels, outputs, batch, values, correctAt);
    }

    /// <summary>Adds a batch whose loss and number of correct answers are known.</summary>
    public void Add(int index, double batchLoss, double correctAnswers)
    {
        losses.Write([batchLoss], index);
        correct.Write([correctAnswers], index);
    }

    /// <summary>Adds a batch and computes the gradient of its loss by the outputs if requested.</summary>
    public void Add(int index, Activations outputs, Batch batch, Activations? gradient)
    {
        loss.Compute(kernels, outputs, batch, gradient, losses, index);
        loss.CountCorrect(kernels, outputs, batch, correct, index);
    }

    /// <summary>Reads the losses of the first batches.</summary>
    public double[] ReadLosses(int batches)
    {
        var values = new double[batches];
        losses.Read(values);
        return values;
    }

    /// <summary>Reads the number of correct answers so far.</summary>
    public double ReadCorrect()
    {
        correct.Read(correctValues);
        double sum = correctBefore;
        foreach (double count in correctValues)
            sum += count;
        return sum;
    }

    /// <summary>Resumes after some batches.</summary>
    public void Resume(double[] lossesSoFar, double correctSoFar)
    {
        Reset();
        losses.Write(lossesSoFar);
        correctBefore = correctSoFar;
    }

    /// <summary>Completes the batches of one rank by those of the others.</summary>
    /// <param name="group">The ranks.</param>
    /// <param name="first">The first batch of this rank.</param>
    /// <param name="end">The batch after the last one of this rank.</param>
    public void Exchange(ProcessGroup group, int first, int end)
    {
        int count = end - first;
        var own = new double[2 * count];
        losses.Read(own.AsSpan(0, count), first);
        correct.Read(own.AsSpan(count), first);
        double[][] all = Array.ConvertAll(group.AllGather(MemoryMarshal.AsBytes<double>(own)), bytes => MemoryMarshal.Cast<byte, double>(bytes).ToArray());
        losses.Write([.. all.SelectMany(values => values.Take(values.Length / 2))]);
        correct.Write([.. all.SelectMany(values => values.Skip(values.Length / 2))]);
    }

    /// <summary>Waits for the device and computes the totals.</summary>
    /// <param name="data">The samples of all batches, in their order.</param>
    /// <param name="batchSize">The number of samples in every batch except the last.</param>
    /// <param name="outputCount">The number of outputs of the model.</param>
    public Evaluation Read(DeviceDataset data, int batchSize, int outputCount)
    {
        losses.Read(lossValues);
        double sum = 0, weights = 0;
        for (int b = 0; b < lossValues.Length; b++)
        {
            double weight = data.TotalWeight(b * batchSize, Math.Min(batchSize, data.Count - (b * batchSize)));
            sum += lossValues[b] * weight;
            weights += weight;
        }

        double? accuracy = loss.HasAccuracy ? ReadCorrect() / ((double)data.Count * loss.AnswersPerSample(outputCount)) : null;
        return new Evaluation(sum / weights, accuracy);
    }

    public void Dispose()
    {
        losses.Dispose();
        correct.Dispose();
    }
}
