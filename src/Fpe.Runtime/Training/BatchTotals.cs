using Fpe.Compute;
using Fpe.Data;

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
