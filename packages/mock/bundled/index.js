import { createRequire as bundledRequire } from 'node:module'; const require = bundledRequire(import.meta.url);
import{c as r,d as o,e as t}from"./chunk-LPJ4SSE4.js";import"./chunk-IVMYKE7Q.js";import"./chunk-WZCVPW5S.js";export{o as DescriptionError,r as RecordingError,t as startMock};
