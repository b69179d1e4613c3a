using Microsoft.ML;

namespace Fpe.ML;

/// <summary>The outputs of a network for the current row, which are computed once for all columns.</summary>
internal sealed class RowScorer
{
    private readonly TrainedNetwork network;
    private readonly DataViewRow row;
    private readonly Numbers features;
    private readonly float[] inputs;
    private readonly float[] outputs;
    private long? computed;

    /// <param name="network">The network.</param>
    /// <param name="row">The row or cursor whose features it reads.</param>
    public RowScorer(TrainedNetwork network, DataViewRow row)
    {
        this.network = network;
        this.row = row;
        features = new Numbers(row, network.FeaturesOf(row.Schema));
        inputs = new float[features.Width];
        outputs = new float[network.Model.Plan.OutputCount];
    }

    /// <summary>Returns a copy of the outputs that <paramref name="convert"/> may change.</summary>
    public float[] Outputs(Action<float[]> convert)
    {
        if (computed != row.Position)
        {
            features.Read(row.Position, inputs);
            network.Scale?.Apply(inputs);
            network.Model.Forward(inputs, outputs);
            computed = row.Position;
        }

        float[] values = [.. outputs];
        convert(values);
        return values;
    }
}
