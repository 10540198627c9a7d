#!/usr/bin/python3
"""Tiny char transformer on TinyShakespeare, torch float32: what half a minute buys. pre-LN, d=64, 2 layers, 4 heads, ctx 64, batch 32. usage: bench_lm.py TEXT THREADS"""
import torch,time,math,sys,json
torch.set_num_threads(int(sys.argv[2])); torch.manual_seed(0)
t=open(sys.argv[1]).read(); cs=sorted(set(t)); ix={c:i for i,c in enumerate(cs)}; D=torch.tensor([ix[c] for c in t]); n=int(.9*len(D)); tr,va=D[:n],D[n:]; V=len(cs)
import torch.nn as nn, torch.nn.functional as F
class B(nn.Module):
    def __init__(s,d,h): super().__init__(); s.h=h; s.l1=nn.LayerNorm(d); s.qkv=nn.Linear(d,3*d); s.o=nn.Linear(d,d); s.l2=nn.LayerNorm(d); s.m=nn.Sequential(nn.Linear(d,4*d),nn.GELU(),nn.Linear(4*d,d))
    def forward(s,x,mask):
        b,T,d=x.shape; q,k,v=s.qkv(s.l1(x)).view(b,T,3,s.h,d//s.h).permute(2,0,3,1,4); a=(q@k.transpose(-1,-2))/math.sqrt(d//s.h)+mask; x=x+s.o((a.softmax(-1)@v).transpose(1,2).reshape(b,T,d)); return x+s.m(s.l2(x))
class G(nn.Module):
    def __init__(s,d=64,L=2,h=4,T=64): super().__init__(); s.e=nn.Embedding(V,d); s.p=nn.Parameter(torch.randn(T,d)*.02); s.b=nn.ModuleList([B(d,h) for _ in range(L)]); s.f=nn.LayerNorm(d); s.u=nn.Linear(d,V); s.register_buffer('mask',torch.full((T,T),-1e9).triu(1))
    def forward(s,x):
        T=x.shape[1]; h=s.e(x)+s.p[:T]
        for b in s.b: h=b(h,s.mask[:T,:T])
        return s.u(s.f(h))
g=G(); P=sum(p.numel() for p in g.parameters()); o=torch.optim.AdamW(g.parameters(),lr=3e-3,weight_decay=.01)
def bat(x,b=32,T=64): i=torch.randint(len(x)-T-1,(b,)); return torch.stack([x[j:j+T] for j in i]),torch.stack([x[j+1:j+T+1] for j in i])
def ev():
    g.eval(); torch.manual_seed(1)
    with torch.no_grad(): L=sum(F.cross_entropy(g(a).reshape(-1,V),b.reshape(-1)).item() for a,b in [bat(va) for _ in range(20)])/20
    g.train(); return L
t0=time.time(); out=[]; nx=[5,10,20,30]; it=0
while time.time()-t0<30.5:
    a,b=bat(tr); L=F.cross_entropy(g(a).reshape(-1,V),b.reshape(-1)); o.zero_grad(); L.backward(); o.step(); it+=1
    if nx and time.time()-t0>=nx[0]: out.append((nx.pop(0),it,ev()))
print(json.dumps(dict(params=P,vocab=V,checkpoints_seconds_steps_valloss=out,steps_per_s=it/(time.time()-t0),uniform_loss=math.log(V))))
