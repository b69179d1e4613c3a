namespace Fpe.Compute;

/// <content>Losses with weights, and sums of gradients.</content>
public partial interface IKernels
{
    /// <summary>
    /// scale · Σ_s u[s] · Σ_c w[c] · q[s, c] · (1 − p[s, c])^γ · (−log p[s, c]) to losses[slot] (=), and its gradient to
    /// <paramref name="gradient"/> (=), with p = softmax(logits[s]) and q[s, c] = (1 − ε)·[c = labels[s]] + ε / classes. A term whose
    /// weight is 0 is 0. Stable for logits of any finite size.
    /// </summary>
    /// <param name="logits">[batch, classes].</param>
    /// <param name="labels">Classes, from 0: at least batch elements.</param>
    /// <param name="classWeights">w: one element per class; finite, at least 0.</param>
    /// <param name="weights">u: [batch, 1]; finite, at least 0.</param>
    /// <param name="gradient">Receives the gradient with respect to the logits; null if only the loss is needed.</param>
    /// <param name="losses">Receives the loss.</param>
    /// <param name="slot">Element of <paramref name="losses"/>.</param>
    /// <param name="batch">Samples; at least 1.</param>
    /// <param name="constants">Scale, ε and γ.</param>
    void WeightedSoftmaxCrossEntropy(
        Activations logits, IndexBuffer labels, DeviceBuffer classWeights, Activations weights, Activations? gradient, DeviceBuffer losses,
        int slot, int batch, in LossConstants constants) =>
        HostKernels.WeightedSoftmaxCrossEntropy(logits, labels, classWeights, weights, gradient, losses, slot, batch, in constants);

    /// <summary>
    /// scale · Σ_s u[s] · Σ_o (v[o] · t · (1 − p)^γ · (−log p) + (1 − t) · p^γ · (−log(1 − p))) to losses[slot] (=), and its gradient to
    /// <paramref name="gradient"/> (=), with p = sigmoid(z[s, o]) and t = (1 − ε) · targets[s, o] + ε / 2.
    /// </summary>
    /// <param name="logits">z: [batch, outputs].</param>
    /// <param name="targets">From 0 to 1: [batch, outputs].</param>
    /// <param name="positiveWeights">v: one element per output; finite, at least 0.</param>
    /// <param name="weights">u: [batch, 1]; finite, at least 0.</param>
    /// <param name="gradient">Receives the gradient with respect to the logits; null if only the loss is needed.</param>
    /// <param name="losses">Receives the loss.</param>
    /// <param name="slot">Element of <paramref name="losses"/>.</param>
    /// <param name="batch">Samples; at least 1.</param>
    /// <param name="constants">Scale, ε and γ.</param>
    void WeightedSigmoidCrossEntropy(
        Activations logits, Activations targets, DeviceBuffer positiveWeights, Activations weights, Activations? gradient,
        DeviceBuffer losses, int slot, int batch, in LossConstants constants) =>
        HostKernels.WeightedSigmoidCrossEntropy(logits, targets, positiveWeights, weights, gradient, losses, slot, batch, in constants);

    /// <summary>
    /// scale · Σ_s u[s] · Σ_o (y − t)² to losses[slot] (=), and its gradient 2 · scale · u[s] · (y − t) to <paramref name="gradient"/> (=).
    /// </summary>
    /// <param name="outputs">y: [batch, outputs].</param>
    /// <param name="targets">t: [batch, outputs].</param>
    /// <param name="weights">u: [batch, 1]; finite, at least 0.</param>
    /// <param name="gradient">Receives the gradient with respect to the outputs; null if only the loss is needed.</param>
    /// <param name="losses">Receives the loss.</param>
    /// <param name="slot">Element of <paramref name="losses"/>.</param>
    /// <param name="batch">Samples; at least 1.</param>
    /// <param name="scale">Factor of the sum; finite.</param>
    void WeightedSquaredError(
        Activations outputs, Activations targets, Activations weights, Activations? gradient, DeviceBuffer losses, int slot, int batch,
        double scale) =>
        HostKernels.WeightedSquaredError(outputs, targets, weights, gradient, losses, slot, batch, scale);

    /// <summary>y[i] += scale · x[i]; both have the same length.</summary>
    /// <param name="x">The buffer to add.</param>
    /// <param name="scale">Factor of <paramref name="x"/>.</param>
    /// <param name="y">The buffer to add to.</param>
    void AddScaled(DeviceBuffer x, double scale, DeviceBuffer y) => HostKernels.AddScaled(x, scale, y);
}
