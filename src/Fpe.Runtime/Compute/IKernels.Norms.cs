namespace Fpe.Compute;

public partial interface IKernels
{
    /// <summary>
    /// y[s, u, p] = (x[s, u, p] − μ[p]) / √(v[p] + ε) · scale[u] + shift[u] (=), with the mean μ and the variance
    /// v[p] = Σ_u (x[s, u, p] − μ[p])² / units of all units at place p of the sample (Ba, Kiros and Hinton, 2016). Value (u, p) is feature
    /// u · places + p.
    /// </summary>
    /// <param name="places">Places of a sequence; 1 for vectors.</param>
    /// <param name="scale">One element per unit.</param>
    /// <param name="shift">One element per unit.</param>
    /// <param name="epsilon">ε; positive.</param>
    /// <param name="x">Inputs: [batch, units · places].</param>
    /// <param name="y">Receives the outputs: [batch, units · places].</param>
    /// <param name="statistics">Receives μ of all places, then 1 / √(v + ε) of all places (=): [batch, 2 · places].</param>
    /// <param name="batch">Samples.</param>
    void LayerNormForward(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, Activations x, Activations y, Activations statistics,
        int batch) =>
        HostKernels.LayerNormForward(places, scale, shift, epsilon, x, y, statistics, batch);

    /// <summary>
    /// For each place: dx[s, u] = (g[u] − mean(g) − x̂[u] · mean(g ⊙ x̂)) / √(v + ε) (=), with g[u] = dy[s, u] · scale[u],
    /// x̂[u] = (x[s, u] − μ) / √(v + ε) and means over the units.
    /// </summary>
    /// <param name="places">Places of a sequence; 1 for vectors.</param>
    /// <param name="scale">One element per unit.</param>
    /// <param name="statistics">μ and 1 / √(v + ε), as computed by <see cref="LayerNormForward"/>: [batch, 2 · places].</param>
    /// <param name="x">Inputs, as the forward pass read them: [batch, units · places].</param>
    /// <param name="dy">Gradient with respect to the outputs: [batch, units · places].</param>
    /// <param name="dx">Receives the gradient with respect to the inputs: [batch, units · places].</param>
    /// <param name="batch">Samples.</param>
    void LayerNormInputGradient(
        int places, DeviceBuffer scale, Activations statistics, Activations x, Activations dy, Activations dx, int batch) =>
        HostKernels.LayerNormInputGradient(places, scale, statistics, x, dy, dx, batch);

    /// <summary>
    /// scaleGradient[u] = Σ_{s, p} dy[s, u, p] · (x[s, u, p] − μ[p]) / √(v[p] + ε) and shiftGradient[u] = Σ_{s, p} dy[s, u, p] (=).
    /// </summary>
    /// <param name="places">Places of a sequence; 1 for vectors.</param>
    /// <param name="statistics">μ and 1 / √(v + ε), as computed by <see cref="LayerNormForward"/>: [batch, 2 · places].</param>
    /// <param name="x">Inputs, as the forward pass read them: [batch, units · places].</param>
    /// <param name="dy">Gradient with respect to the outputs: [batch, units · places].</param>
    /// <param name="scaleGradient">Receives the gradient with respect to the scale: one element per unit.</param>
    /// <param name="shiftGradient">Receives the gradient with respect to the shift: one element per unit.</param>
    /// <param name="batch">Samples.</param>
    void LayerNormParameterGradient(
        int places, Activations statistics, Activations x, Activations dy, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        int batch) =>
        HostKernels.LayerNormParameterGradient(places, statistics, x, dy, scaleGradient, shiftGradient, batch);

    /// <summary>
    /// For training: y[s, c, p] = (x[s, c, p] − μ[c]) / √(v[c] + ε) · scale[c] + shift[c] (=), with mean μ and variance v = Σ (x − μ)² / n
    /// of a channel over its n = batch · places values (Ioffe and Szegedy, 2015). Value (c, p) is feature c · places + p. Running
    /// statistics are updated: r ← (1 − momentum) · r + momentum · (μ, or v · n / (n − 1)), as in PyTorch.
    /// </summary>
    /// <param name="places">Pixels per channel; 1 for vectors.</param>
    /// <param name="scale">One element per channel.</param>
    /// <param name="shift">One element per channel.</param>
    /// <param name="epsilon">ε; positive.</param>
    /// <param name="momentum">Weight of the batch in the running statistics; from 0 to 1.</param>
    /// <param name="runningMean">One element per channel, updated.</param>
    /// <param name="runningVariance">One element per channel, updated.</param>
    /// <param name="statistics">Receives the means of all channels, then 1 / √(v + ε) of all channels (=): 2 · channels elements.</param>
    /// <param name="x">Inputs: [batch, channels · places].</param>
    /// <param name="y">Receives the outputs: [batch, channels · places].</param>
    /// <param name="batch">Samples; <c>batch · places</c> is at least 2, since one value has no variance.</param>
    void BatchNormForward(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, double momentum, DeviceBuffer runningMean,
        DeviceBuffer runningVariance, DeviceBuffer statistics, Activations x, Activations y, int batch) =>
        HostKernels.BatchNormForward(
            places, scale, shift, epsilon, momentum, runningMean, runningVariance, statistics, x, y, batch);

    /// <summary>
    /// For prediction: y[s, c, p] = (x[s, c, p] − runningMean[c]) / √(runningVariance[c] + ε) · scale[c] + shift[c] (=). Value (c, p) is
    /// feature c · places + p.
    /// </summary>
    /// <param name="places">Pixels per channel; 1 for vectors.</param>
    /// <param name="scale">One element per channel.</param>
    /// <param name="shift">One element per channel.</param>
    /// <param name="epsilon">ε; positive.</param>
    /// <param name="runningMean">One element per channel.</param>
    /// <param name="runningVariance">One element per channel.</param>
    /// <param name="x">Inputs: [batch, channels · places].</param>
    /// <param name="y">Receives the outputs: [batch, channels · places].</param>
    /// <param name="batch">Samples.</param>
    void BatchNormPredict(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, DeviceBuffer runningMean, DeviceBuffer runningVariance,
        Activations x, Activations y, int batch) =>
        HostKernels.BatchNormPredict(places, scale, shift, epsilon, runningMean, runningVariance, x, y, batch);

    /// <summary>
    /// dx[s, c, p] = scale[c] / √(v[c] + ε) · (dy[s, c, p] − shiftGradient[c] / n − x̂[s, c, p] · scaleGradient[c] / n) (=), with
    /// x̂ = (x − μ[c]) / √(v[c] + ε) and n = batch · places: the gradient of <see cref="BatchNormForward"/>.
    /// </summary>
    /// <param name="places">Pixels per channel; 1 for vectors.</param>
    /// <param name="scale">One element per channel.</param>
    /// <param name="statistics">As computed by <see cref="BatchNormForward"/>: 2 · channels elements.</param>
    /// <param name="scaleGradient">As computed by <see cref="BatchNormParameterGradient"/>: one element per channel.</param>
    /// <param name="shiftGradient">As computed by <see cref="BatchNormParameterGradient"/>: one element per channel.</param>
    /// <param name="x">Inputs, as the forward pass read them: [batch, channels · places].</param>
    /// <param name="dy">Gradient with respect to the outputs: [batch, channels · places].</param>
    /// <param name="dx">Receives the gradient with respect to the inputs: [batch, channels · places].</param>
    /// <param name="batch">Samples.</param>
    void BatchNormInputGradient(
        int places, DeviceBuffer scale, DeviceBuffer statistics, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        Activations x, Activations dy, Activations dx, int batch) =>
        HostKernels.BatchNormInputGradient(places, scale, statistics, scaleGradient, shiftGradient, x, dy, dx, batch);

    /// <summary>
    /// scaleGradient[c] = Σ_{s, p} dy[s, c, p] · (x[s, c, p] − μ[c]) / √(v[c] + ε) and shiftGradient[c] = Σ_{s, p} dy[s, c, p] (=).
    /// </summary>
    /// <param name="places">Pixels per channel; 1 for vectors.</param>
    /// <param name="statistics">As computed by <see cref="BatchNormForward"/>: 2 · channels elements.</param>
    /// <param name="x">Inputs, as the forward pass read them: [batch, channels · places].</param>
    /// <param name="dy">Gradient with respect to the outputs: [batch, channels · places].</param>
    /// <param name="scaleGradient">Receives the gradient with respect to the scale: one element per channel.</param>
    /// <param name="shiftGradient">Receives the gradient with respect to the shift: one element per channel.</param>
    /// <param name="batch">Samples.</param>
    void BatchNormParameterGradient(
        int places, DeviceBuffer statistics, Activations x, Activations dy, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        int batch) =>
        HostKernels.BatchNormParameterGradient(places, statistics, x, dy, scaleGradient, shiftGradient, batch);
}
