using Fpe.Compute;
using Fpe.Expansion;
using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>The dense parent of most experiments: hidden layers of equal width with ReLU, all expanded in the same way.</summary>
internal static class MultilayerPerceptron
{
    /// <summary>Plans the network.</summary>
    /// <param name="setting">Width and depth.</param>
    /// <param name="inputs">Values per sample.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="expansion">How hidden layers are expanded; clauses are those of the first one.</param>
    public static ModelPlan Plan(Setting setting, int inputs, int outputs, ExpansionPlan expansion)
    {
        var layers = new List<LayerPlan>();
        int width = inputs;
        for (int l = 0; l < setting.Depth; l++)
        {
            layers.Add(new LinearPlan($"Hidden{l + 1}", width, setting.Width, ActivationFunction.Relu) { Expansion = expansion });
            width = setting.Width;
        }

        layers.Add(new LinearPlan("Output", width, outputs));
        return new ModelPlan(setting.Experiment, inputs, layers);
    }
}
