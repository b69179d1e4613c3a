using System.Runtime.InteropServices;
using Fpe.Compute;
using Fpe.Data;
using Fpe.Distributed;

namespace Fpe.Training;

/// <summary>The loss of each batch and the number of correct answers, accumulated on the device and read once.</summary>
internal sealed class BatchTotals : IDisposable
{
    private readonly IKernels kernels;
    private readonly Loss loss;
    private readonly DeviceBuffer losses;
    private readonly DeviceBuffer correct;
    private readonly double[] lossValues;
    private readonly double[] correctValue = new double[1];

    public BatchTotals(Device device, Loss loss, int batches)
    {
        kernels = device.Kernels;
        this.loss = loss;
        losses = device.Allocate(batches);
        correct = device.Allocate(1);
        lossValues = new double[batches];
    }

    /// <summary>The number of batches.</summary>
    public int Count => lossValues.Length;

    /// <summary>The mean loss of each batch, as of the last <see cref="Read"/>.</summary>
    public ReadOnlySpan<double> Losses => lossValues;

    /// <summary>Discards all batches so far.</summary>
    public void Reset() => kernels.Fill(correct, 0);

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
        correct.Write([ReadCorrect() + correctAnswers]);
    }

    /// <summary>Adds a batch and computes the gradient of its loss by the outputs if requested.</summary>
    public void Add(int index, Activations outputs, Batch batch, Activations? gradient)
    {
        loss.Compute(kernels, outputs, batch, gradient, losses, index);
        loss.CountCorrect(kernels, outputs, batch, correct, slot: 0);
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
        correct.Read(correctValue);
        return correctValue[0];
    }

    /// <summary>Resumes after some batches.</summary>
    public void Resume(double[] lossesSoFar, double correctSoFar)
    {
        losses.Write(lossesSoFar);
        correct.Write([correctSoFar]);
    }

    /// <summary>Completes the batches of one rank by those of the others.</summary>
    /// <param name="group">The ranks.</param>
    /// <param name="first">The first batch of this rank.</param>
    /// <param name="end">The batch after the last one of this rank.</param>
    public void Exchange(ProcessGroup group, int first, int end)
    {
        var own = new double[end - first + 1];
        losses.Read(own.AsSpan(1), first);
        own[0] = ReadCorrect();
        double[][] all = Array.ConvertAll(group.AllGather(MemoryMarshal.AsBytes<double>(own)), bytes => MemoryMarshal.Cast<byte, double>(bytes).ToArray());
        losses.Write([.. all.SelectMany(values => values.Skip(1))]);
        correct.Write([all.Sum(values => values[0])]);
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
