using Microsoft.ML;

namespace Fpe.ML;

/// <summary>The outputs of a network for a row, which are computed once for all columns, when they are asked for.</summary>
internal sealed class SingleRowOutputs : IRowOutputs
{
    private readonly TrainedNetwork network;
    private readonly DataViewRow row;
    private readonly Numbers features;
    private readonly float[] inputs;
    private readonly float[] outputs;
    private long? computed;

    /// <param name="network">The network.</param>
    /// <param name="row">The row or cursor whose features it reads.</param>
    public SingleRowOutputs(TrainedNetwork network, DataViewRow row)
    {
        this.network = network;
        this.row = row;
        features = new Numbers(row, network.FeaturesOf(row.Schema));
        inputs = new float[features.Width];
        outputs = new float[network.Model.Plan.OutputCount];
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Current
    {
        get
        {
            if (computed != row.Position)
            {
                features.Read(row.Position, inputs);
                network.Compute(inputs, outputs);
                computed = row.Position;
            }

            return outputs;
        }
    }
}
